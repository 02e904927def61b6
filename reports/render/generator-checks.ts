import type { Check } from '../page/page-data.ts'
import { INSTRUMENT_LIMITS, type Instrument, lateFromMs } from '../run/evidence.ts'
import type { RunRecord } from '../run/record.ts'
import type { Finding, Verdict } from '../run/verdict.ts'
import { duration, percent } from '../run/words.ts'

type Second = NonNullable<Instrument['seconds']>[number]

/** What the load generator and the reading of its stream had to wait for (JUDGING, rule 9); of older records nothing. */
export function generatorChecks(
  { run, plan }: RunRecord,
  { seconds }: Instrument,
  { findings }: Verdict,
): Check[] {
  if (seconds === undefined || seconds.length === 0) return []
  const phases = plan.phases
    .filter(({ judged, load }) => judged && load)
    .map(({ startMs, durationMs }) =>
      seconds.filter(({ second }) => second * 1000 >= startMs && second * 1000 < startMs + durationMs),
    )
  const meter = (
    name: string,
    value: number | null,
    limit: number,
    say: (value: number) => string,
    kind: Finding['kind'],
  ): Check => {
    const isTainted = findings.some((finding) => finding.kind === kind)
    if (value === null)
      return { name, measured: 'not measured', limit: say(limit), state: 'not measured', usedRatio: null }
    return {
      name,
      measured: say(value),
      limit: say(limit),
      state: isTainted ? 'tainted' : 'sound',
      usedRatio: value / limit,
    }
  }
  const { lateRatio, waitRatio, lagMs, stepMs } = INSTRUMENT_LIMITS
  const lateFrom = duration(lateFromMs(plan.thresholdsMs))
  return [
    meter(
      `Iterations started over ${lateFrom} late, users free; the worst phase`,
      worst(phases, lateOf),
      lateRatio,
      percent,
      'late-starts',
    ),
    meter(
      'Generator waiting for a processor; the worst phase',
      worst(phases, (phase) => waitOf(phase, run.machine.cores)),
      waitRatio,
      percent,
      'generator-starved',
    ),
    meter(
      'Reading of the stream behind what it says, at most',
      most(seconds, ({ lagMs }) => lagMs),
      lagMs,
      duration,
      'stream-behind',
    ),
    meter(
      "Steps of the system's clock, at most",
      most(seconds, ({ clockStepMs }) => Math.abs(clockStepMs)),
      stepMs,
      duration,
      'clock-stepped',
    ),
  ]
}

const most = (seconds: readonly Second[], of: (second: Second) => number): number =>
  Math.max(...seconds.map(of))

function worst(
  phases: readonly (readonly Second[])[],
  of: (phase: readonly Second[]) => number | null,
): number | null {
  const known = phases.flatMap((phase) => of(phase) ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function lateOf(phase: readonly Second[]): number | null {
  const starts = phase.reduce((sum, one) => sum + one.starts, 0)
  return starts === 0 ? null : phase.reduce((sum, one) => sum + one.lateStarts, 0) / starts
}

function waitOf(phase: readonly Second[], cores: number): number | null {
  const known = phase.flatMap(({ runQueueRatio }) => runQueueRatio ?? [])
  return known.length === 0
    ? null
    : known.reduce((sum, ratio) => sum + ratio, 0) / known.length / Math.max(1, cores)
}
