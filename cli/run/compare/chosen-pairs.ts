import { type BlockSchedule, duration, GauntletError, type Plan } from '../../../reports/run/index.ts'
import { fewestClean } from '../../../slo/judge/statistics/paired-comparison-shares.ts'
import { powerOf } from '../plan/decidability.ts'
import { MOST_LOST_RATIO } from './figures.ts'
import { shareToleranceOf, TOLERANCE, whyNotCompared } from './objective-figures.ts'
import { FEWEST_PAIRS, lengthMs } from './schedule.ts'

/** What is given on the command line. */
export interface PairsRequest {
  readonly pairs?: number
  readonly allowUndecidable: boolean
}

/** A plan for a number of pairs, and when they are loaded. */
export interface PlannedPairs {
  readonly plan: Plan
  readonly schedule: BlockSchedule
}

/** Nobody who named no number waits for longer; nobody who named one means longer. */
const LONGEST = { unasked: 60 * 60_000, asked: 24 * 60 * 60_000 } as const

/** The pairs to compare: as many as given, else as many as decide every share when none is bad. Refuses what cannot. */
export function chosenPairs({ pairs, allowUndecidable }: PairsRequest, planned: PlannedPairs): number {
  const { schedule } = planned
  const needed = allowUndecidable ? NOTHING : neededPairs(planned)
  if (pairs === undefined) {
    const chosen = Math.max(FEWEST_PAIRS, Math.ceil(needed.pairs / (1 - MOST_LOST_RATIO)))
    if (lengthOf(chosen, schedule) <= LONGEST.unasked) return chosen
    throw undecidable(needed, `in the ${duration(LONGEST.unasked)} that a comparison takes at most unasked`)
  }
  if (lengthOf(pairs, schedule) > LONGEST.asked)
    throw new GauntletError('TOO_LONG', `so many pairs take longer than ${duration(LONGEST.asked)}`, {
      hint: `at most ${mostPairs(schedule)} pairs of ${duration(2 * schedule.blockMs)} do not`,
    })
  if (pairs < needed.pairs) throw undecidable(needed, `in ${pairs} pairs`)
  return pairs
}

interface Needed {
  readonly objective: string
  readonly pairs: number
}

const NOTHING: Needed = { objective: '', pairs: 0 }

/** Of the required objective that needs the most, when no event of it is bad. Of a metric nobody knows how many there are. */
export function neededPairs({ plan, schedule }: PlannedPairs): Needed {
  const seconds = plan.phases.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000
  const expected = new Map(powerOf(plan).map(({ objective, has }) => [objective, has]))
  const pairsOf = (tolerance: number | null, perSecond: number): number => {
    const perPair = (perSecond * schedule.loadMs) / 1000
    return tolerance === null || perPair === 0 ? 0 : Math.ceil(fewestClean(tolerance) / perPair)
  }
  const required = plan.objectives.filter((one) => !one.advisory && whyNotCompared(one) === '')
  const all = required.map((one) => ({
    objective: one.name,
    pairs: pairsOf(shareToleranceOf(one), (expected.get(one.name) ?? 0) / seconds),
  }))
  const answered = { objective: 'all-answered', pairs: pairsOf(TOLERANCE.answered, ratePerSecond(plan)) }
  return all.reduce((most, one) => (one.pairs > most.pairs ? one : most), answered)
}

/** One request an iteration is assumed: a journey that makes more only decides sooner. */
const ratePerSecond = ({ load }: Plan): number =>
  load.reduce((sum, { executor }) => sum + (executor.kind === 'script' ? 0 : executor.ratePerSecond), 0)

const lengthOf = (pairs: number, schedule: BlockSchedule): number => lengthMs({ ...schedule, pairs })

const mostPairs = ({ blockMs, warmUpPairs }: BlockSchedule): number =>
  Math.floor(LONGEST.asked / (2 * blockMs)) - warmUpPairs

const undecidable = ({ objective, pairs }: Needed, where: string): GauntletError =>
  new GauntletError('UNDECIDABLE', `${objective} cannot be decided ${where}: it takes ${pairs}, none bad`, {
    hint: `--pairs ${pairs}, or raise the rate or --block, or say --allow-undecidable`,
  })
