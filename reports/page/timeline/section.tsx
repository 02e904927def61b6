import { duration, latency, percent, perSecond } from '../../run/words/words.ts'
import type { PhaseFigures, Timeline } from '../page-data.ts'
import { Section, WideTable } from '../sections/section.tsx'
import { Chart } from './chart.tsx'

interface TimelineProps {
  readonly timeline: Timeline
  readonly phases: readonly PhaseFigures[]
}

export function TimelineSection({ timeline, phases }: TimelineProps) {
  return (
    <Section id="timeline" title="Timeline" about="One second a point. Time from the start of the run.">
      <Chart timeline={timeline} />
      <details>
        <summary>Each phase as numbers</summary>
        <WideTable label="Each phase as numbers">
          <thead>
            <tr>
              <th scope="col">Phase</th>
              {['Length', 'Rate', 'p50', 'p95', 'p99', 'Errors'].map((name) => (
                <th key={name} scope="col" class="right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {phases.map((phase) => (
              <PhaseRow key={phase.name} phase={phase} />
            ))}
          </tbody>
        </WideTable>
        <p class="muted aside measure">
          Latency is that of {timeline.latencyOf}, from the intended start; a request that failed has the time
          that it took, while to an objective it was slower than every limit. Judged phases have the seconds
          that are judged: a fault's begins 1 s before it and ends when it is gone.
        </p>
      </details>
    </Section>
  )
}

function PhaseRow({ phase }: { phase: PhaseFigures }) {
  const cells = [
    ['Rate', phase.ratePerSecond, perSecond],
    ['p50', phase.p50Ms, latency],
    ['p95', phase.p95Ms, latency],
    ['p99', phase.p99Ms, latency],
    ['Errors', phase.errorRatio, percent],
  ] as const
  return (
    <tr data-phase-row={phase.name} data-p95={String(phase.p95Ms)}>
      <td>
        {phase.name}
        {!phase.judged && ', not judged'}
      </td>
      <td class="right nowrap" data-head="Length">
        {lengthOf(phase)}
      </td>
      {cells.map(([head, value, say]) => (
        <td key={head} class="right nowrap" data-head={head}>
          {value === null ? missing(phase) : say(value)}
        </td>
      ))}
    </tr>
  )
}

function lengthOf({ reached, lengthMs, cutFromMs }: PhaseFigures): string {
  if (!reached) return 'not reached'
  return cutFromMs === null ? duration(lengthMs) : `${duration(lengthMs)} of ${duration(cutFromMs)}`
}

function missing({ reached, load }: PhaseFigures): string {
  if (!reached) return 'not reached'
  return load ? 'no data' : 'load off'
}
