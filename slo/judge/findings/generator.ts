import {
  type Finding,
  type GeneratorPhase,
  type GeneratorSecond,
  generatorPhases,
  INSTRUMENT_LIMITS,
  lateRatioOf,
  type RunRecord,
  waitRatioOf,
} from '../../../reports/run/index.ts'
import { latenessLimitMs } from '../../../reports/run/lateness-limit.ts'
import { duration, percent } from '../../../reports/run/words/words.ts'
import { EMPTY } from '../../sources/index.ts'
import { decide } from '../decide.ts'
import { ALPHA } from '../statistics/bad-ratio.ts'
import { totalOf } from '../statistics/design-effect.ts'

const { lateRatio, waitRatio } = INSTRUMENT_LIMITS

const HINT =
  'stop other work on this machine, lower the rate, or drive the load from another machine; run again'

/**
 * A generator without time of its own measures itself. Asked of all judged seconds together first, because one hiccup
 * of a busy machine is no starvation; then it is told of each phase in which it is true.
 */
export function generatorFindings({ run, plan, journal, instrument }: RunRecord): Finding[] {
  const own = generatorPhases(plan, journal, instrument?.seconds ?? [])
  const all = own.flatMap(({ seconds }) => seconds)
  const { cores } = run.machine
  return [
    ...(lateOf(all) > lateRatio
      ? own.flatMap((one) => lateStarts(one, latenessLimitMs(plan.objectives)))
      : []),
    ...(waitOf(all, cores) > waitRatio ? own.flatMap((one) => starved(one, cores)) : []),
  ]
}

const lateOf = (seconds: readonly GeneratorSecond[]): number => lateRatioOf(seconds) ?? 0

function waitOf(seconds: readonly GeneratorSecond[], cores: number): number {
  const known = seconds.filter(({ runQueueRatio }) => runQueueRatio !== null)
  return known.length < FEWEST_SECONDS ? 0 : (waitRatioOf(known, cores) ?? 0)
}

/** So many late ones are starvation, even if they came at one moment. */
const GROSSLY_LATE = { ratio: 0.05, starts: 20 } as const
/** The first second or two of a generator are busy ones. */
const FEWEST_SECONDS = 10

/** That more than one in a hundred is late must be beyond doubt, as a violation must: a few hiccups are not. */
function isLateBeyondDoubt({ phase, seconds }: GeneratorPhase): boolean {
  const stretch = seconds.map(({ starts, lateStarts }) => ({
    events: starts,
    bad: lateStarts,
    least: lateStarts,
  }))
  const { events, bad } = totalOf(stretch)
  const sample = { ...EMPTY, events, bad: { most: bad, least: bad } }
  return decide({ ...sample, stretches: [{ phase, faulted: false, seconds: stretch }] }, lateRatio).broken(
    ALPHA,
  )
}

/** While virtual users were free; when all wait for the target, a late start is the target's. */
function lateStarts(one: GeneratorPhase, limitMs: number): Finding[] {
  const { phase, seconds } = one
  const late = lateOf(seconds)
  const lateStarts = seconds.reduce((sum, second) => sum + second.lateStarts, 0)
  const isGross = late > GROSSLY_LATE.ratio && lateStarts >= GROSSLY_LATE.starts
  if (late <= lateRatio || !(isGross || isLateBeyondDoubt(one))) return []
  return [
    {
      kind: 'late-starts',
      taints: { scope: 'phase', name: phase },
      why: `${percent(late)} of the iterations of the phase "${phase}" started more than ${duration(limitMs)} late, with virtual users free; ${percent(lateRatio)} may.`,
      hint: HINT,
    },
  ]
}

function starved({ phase, seconds }: GeneratorPhase, cores: number): Finding[] {
  const waited = waitOf(seconds, cores)
  if (waited <= waitRatio) return []
  return [
    {
      kind: 'generator-starved',
      taints: { scope: 'phase', name: phase },
      why: `The load generator waited ${percent(waited)} of the phase "${phase}" for a processor; ${percent(waitRatio)} may be.`,
      hint: HINT,
    },
  ]
}
