import { type Finding, INSTRUMENT_LIMITS, type RunRecord } from '../../../reports/run/index.ts'
import { clock, duration } from '../../../reports/run/words/words.ts'

/** A load generator's stamps from before and after a step do not belong together. */
export function clockFindings({ instrument }: RunRecord): Finding[] {
  const steps = (instrument?.seconds ?? []).filter(
    ({ clockStepMs }) => Math.abs(clockStepMs) > INSTRUMENT_LIMITS.stepMs,
  )
  const [first] = steps
  if (first === undefined) return []
  const way = first.clockStepMs < 0 ? 'back' : 'on'
  return [
    {
      kind: 'clock-stepped',
      taints: { scope: 'run' },
      why: `The system's clock was set ${way} by ${duration(Math.abs(first.clockStepMs))} at ${clock(first.second * 1000)}, so no time measured across it holds.`,
      hint: 'let the clock settle (chronyc waitsync) and run again',
    },
  ]
}
