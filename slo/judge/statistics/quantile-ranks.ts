import { isBroken, isKept } from './bad-ratio.ts'
import { firstThat } from './first-that.ts'

/** Places in the ascending order of n measurements, from 1; null: n is too small for such a bound. */
export interface QuantileRanks {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** How many events tell as much as one, when asked whether a limit is kept and whether it is broken. */
export interface Effects {
  readonly kept: number
  readonly broken: number
}

/**
 * Which order statistics are a quantile and its interval (David and Nagaraja, "Order Statistics", 7.1).
 * They are those at which the test on counts turns: the interval lies below a limit exactly when "no more than
 * 1 − q are slower" is kept, and above it exactly when that is broken. Interval and verdict cannot disagree.
 */
export function quantileRanks(
  events: number,
  quantile: number,
  effects: Effects = { kept: 1, broken: 1 },
): QuantileRanks {
  const allowed = 1 - quantile
  const shrunk = (bad: number, by: number) => ({ events: events / by, bad: bad / by })
  const tooManyToKeep = firstThat(0, events, (bad) => !isKept(shrunk(bad, effects.kept), allowed)) ?? 0
  const enoughToBreak = firstThat(0, events, (bad) => isBroken(shrunk(bad, effects.broken), allowed))
  return {
    value: Math.max(1, Math.ceil(quantile * events - 1e-9)),
    low: enoughToBreak === null ? null : events - enoughToBreak + 1,
    high: tooManyToKeep === 0 ? null : events - tooManyToKeep + 1,
  }
}
