import type { Check } from '../page/page-data.ts'
import { INSTRUMENT_LIMITS, type Instrument } from '../run/evidence.ts'
import { type GeneratorSecond, generatorPhases, lateRatioOf, waitRatioOf } from '../run/generator-shares.ts'
import { latenessLimitMs } from '../run/lateness-limit.ts'
import type { RunRecord } from '../run/record.ts'
import type { Finding, Verdict } from '../run/verdict.ts'
import { duration, percent } from '../run/words/words.ts'

/** A figure beside its limit, and the finding that is made of it. */
interface Meter {
  readonly name: string
  readonly value: number | null
  readonly limit: number
  readonly say: (value: number) => string
  readonly kind: Finding['kind']
  /** why a worst phase that is over the limit may be no finding */
  readonly unfound?: string
}

/** What the load generator and the reading of its stream had to wait for (JUDGING, rule 9); of older records nothing. */
export function generatorChecks(
  { run, plan, journal }: RunRecord,
  { seconds }: Instrument,
  { findings }: Verdict,
): Check[] {
  if (seconds === undefined || seconds.length === 0) return []
  const phases = generatorPhases(plan, journal, seconds).map((phase) => phase.seconds)
  const { lateRatio, waitRatio, lagMs, stepMs } = INSTRUMENT_LIMITS
  const all = phases.flat()
  const unfound = (ratio: number | null, limit: number, otherwise: string): string =>
    `${ratio !== null && ratio <= limit ? `${percent(ratio)} in all phases together` : otherwise}: no finding`
  const meters: Meter[] = [
    {
      name: `Iterations started over ${duration(latenessLimitMs(plan.objectives))} late, users free; the worst phase`,
      ...{ value: worst(phases, lateRatioOf), limit: lateRatio, say: percent },
      ...{ kind: 'late-starts', unfound: unfound(lateRatioOf(all), lateRatio, 'too few to be beyond doubt') },
    },
    {
      name: 'Generator waiting for a processor; the worst phase',
      ...{ value: worst(phases, (phase) => waitRatioOf(phase, run.machine.cores)), limit: waitRatio },
      ...{ say: percent, kind: 'generator-starved' },
      unfound: unfound(waitRatioOf(all, run.machine.cores), waitRatio, 'too few seconds'),
    },
    {
      name: 'Reading of the stream behind what it says, at most',
      ...{ value: most(seconds, (one) => one.lagMs), limit: lagMs, say: duration, kind: 'stream-behind' },
    },
    {
      name: "Steps of the system's clock, at most",
      ...{ value: most(seconds, ({ clockStepMs }) => Math.abs(clockStepMs)), limit: stepMs },
      ...{ say: duration, kind: 'clock-stepped' },
    },
  ]
  return meters.map((meter) => checkOf(meter, findings))
}

function checkOf({ name, value, limit, say, kind, unfound }: Meter, findings: readonly Finding[]): Check {
  if (value === null)
    return { name, measured: 'not measured', limit: say(limit), state: 'not measured', usedRatio: null }
  const isTainted = findings.some((finding) => finding.kind === kind)
  const usedRatio = value / limit
  const state = isTainted ? 'tainted' : usedRatio > 1 ? 'over' : usedRatio >= NEAR_RATIO ? 'near' : 'sound'
  const check: Check = { name, measured: say(value), limit: say(limit), state, usedRatio }
  return state === 'over' ? { ...check, why: unfound ?? 'not judged' } : check
}

/** PAGES, "Components": a meter is near from here on. */
const NEAR_RATIO = 0.75

const most = (seconds: readonly GeneratorSecond[], of: (second: GeneratorSecond) => number): number =>
  Math.max(...seconds.map(of))

function worst(
  phases: readonly (readonly GeneratorSecond[])[],
  of: (phase: readonly GeneratorSecond[]) => number | null,
): number | null {
  const known = phases.flatMap((phase) => of(phase) ?? [])
  return known.length === 0 ? null : Math.max(...known)
}
