import type { ObjectiveVerdict, PlannedObjective } from '../../reports/run/index.ts'
import { type Distribution, type Sample, thresholdOf, timeAt } from '../sources/index.ts'
import type { Decision } from './decide.ts'
import { type QuantileRanks, quantileRanks } from './statistics/quantile-ranks.ts'

type Figures = Pick<
  ObjectiveVerdict,
  'unit' | 'suffix' | 'better' | 'quantile' | 'limit' | 'value' | 'low' | 'high' | 'uncorrected'
>

/**
 * What is shown of a sample: a quantile where the promise has a limit that values should stay below, else the share of
 * good events.
 */
export function figuresOf(
  objective: PlannedObjective,
  sample: Sample,
  { ratio, effects }: Decision,
): Figures {
  const limitMs = upperLimit(objective)
  if (limitMs === undefined) return shareFigures(objective, ratio)
  const quantile = objective.targetRatio
  const scale = { ...unitOf(objective), better: 'lower', quantile, limit: limitMs } as const
  const { times, uncorrected, events } = sample
  if (times === null) return { ...scale, value: null, low: null, high: null, uncorrected: null }
  const at = placed(times, { limitMs, withinLimit: events - sample.bad.most })
  const ranks = shownRanks(events, quantile, effects, (rank) => at(rank).atLeastMs <= limitMs)
  return {
    ...scale,
    value: at(ranks.value).atLeastMs,
    low: ranks.low === null ? null : at(ranks.low).atLeastMs,
    high: ranks.high === null ? null : at(ranks.high).knownMs,
    uncorrected: uncorrected === null ? null : timeAt(uncorrected, ranks.value),
  }
}

/**
 * The interval of the quantile by how its own events hang together, which may be more than those beyond the limit do.
 * It is as wide as that, but never says otherwise than the verdict.
 */
function shownRanks(
  events: number,
  quantile: number,
  effects: Decision['effects'],
  isWithin: (rank: number) => boolean,
): QuantileRanks {
  const judged = quantileRanks(events, quantile, effects)
  const wide = quantileRanks(events, quantile, { kept: effects.shown, broken: effects.shown })
  const isKept = judged.high !== null && isWithin(judged.high)
  const isBroken = judged.low !== null && !isWithin(judged.low)
  const highHolds = wide.high !== null && isWithin(wide.high)
  const lowHolds = wide.low !== null && !isWithin(wide.low)
  return {
    value: judged.value,
    high: isKept && !highHolds ? judged.high : wide.high,
    low: isBroken && !lowHolds ? judged.low : wide.low,
  }
}

/** What every value of an objective should stay below; undefined when it is about a share of good events, or of slices. */
function upperLimit({ good, slices }: PlannedObjective): number | undefined {
  if (slices !== undefined) return undefined
  return thresholdOf(good)?.greaterIsBad ? (good?.withinMs ?? good?.limit?.value) : undefined
}

/** A limit of a value that is no time has a unit, be it an empty one. */
const unitOf = ({ good, unit }: PlannedObjective) =>
  good?.withinMs === undefined && unit !== undefined
    ? ({ unit: 'value', suffix: unit } as const)
    : ({ unit: 'ms', suffix: '' } as const)

/** The value that figuresOf would show, alone. */
export function measuredValue(objective: PlannedObjective, sample: Sample): number | null {
  const { events, bad, times } = sample
  const limitMs = upperLimit(objective)
  if (events === 0) return null
  if (limitMs === undefined || times === null) return 1 - bad.most / events
  const rank = quantileRanks(events, objective.targetRatio).value
  return placed(times, { limitMs, withinLimit: events - bad.most })(rank).atLeastMs
}

function shareFigures(objective: PlannedObjective, { value, low, high }: Decision['ratio']): Figures {
  const good = (bad: number | null): number | null => (bad === null ? null : 1 - bad)
  return {
    ...{ unit: 'ratio', suffix: '', better: 'higher', quantile: null, limit: objective.targetRatio },
    ...{ value: good(value), low: good(high), high: good(low), uncorrected: null },
  }
}

interface Place {
  /** null: that event had no good answer, and nobody knows how long one would have taken */
  readonly knownMs: number | null
  /** then it took at least as long as the longest seen, and longer than the limit */
  readonly atLeastMs: number
}

/**
 * The time at a rank. A bucket is up to 0.4 % wide, but how many stayed within the limit was counted exactly: so the
 * figure is kept on its side of the limit, and never says otherwise than the verdict.
 */
function placed(
  times: Distribution,
  exact: { limitMs: number; withinLimit: number },
): (rank: number) => Place {
  return (rank) => {
    const foundMs = timeAt(times, rank)
    if (foundMs === null) return { knownMs: null, atLeastMs: Math.max(times.longestMs, exact.limitMs) }
    const knownMs =
      rank <= exact.withinLimit ? Math.min(foundMs, exact.limitMs) : Math.max(foundMs, exact.limitMs)
    return { knownMs, atLeastMs: knownMs }
  }
}
