import { ALPHA, type Counts, lowerBound, upperBound } from './bad-ratio.ts'
import { firstThat } from './first-that.ts'

/** By how much the bad ratio of the head is above that of the base; below 0: it is better. */
export interface ShareDifference {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The two sides of a comparison. Counts are divided by their design effect first (Rao and Scott, Biometrics 48, 1992). */
export interface Sides<Value> {
  readonly base: Value
  readonly head: Value
}

/**
 * The difference of two bad ratios from the bounds of each: how far a bound lies from its own ratio takes the place of
 * a standard error (Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
 * Medicine 17, 1998, method 10), with exact bounds instead of Wilson's, so that a side without a bad event counts as
 * what it is. Each bound is wrong with probability `alpha` at most.
 */
export function shareDifference({ base, head }: Sides<Counts>, alpha = ALPHA): ShareDifference | null {
  if (base.events === 0 || head.events === 0) return null
  const [b, h] = [base.bad / base.events, head.bad / head.events]
  const value = h - b
  const low = value - Math.hypot(h - lowerBound(head, alpha), upperBound(base, alpha) - b)
  const high = value + Math.hypot(upperBound(head, alpha) - h, b - lowerBound(base, alpha))
  return { value, low, high }
}

/** Whether so much more is bad that the head spends more than `tolerance` on top of the base. */
export const isWorse = (sides: Sides<Counts>, tolerance: number, alpha = ALPHA): boolean =>
  (shareDifference(sides, alpha)?.low ?? Number.NEGATIVE_INFINITY) > tolerance

export const isNoWorse = (sides: Sides<Counts>, tolerance: number, alpha = ALPHA): boolean =>
  (shareDifference(sides, alpha)?.high ?? Number.POSITIVE_INFINITY) <= tolerance

/** The fewest events on each side that rule out the tolerance when none of them is bad: 1 − α^(1/n) ≤ tolerance. */
export const fewestClean = (tolerance: number, alpha = ALPHA): number =>
  Math.ceil(Math.log(alpha) / Math.log1p(-tolerance))

/**
 * How many times as many events on each side would decide it, at these ratios; null when not even a hundred times would.
 * That the head is worse is claimed at `alpha`.
 */
export function growthNeeded(sides: Sides<Counts>, tolerance: number, alpha = ALPHA): number | null {
  const times = (growth: number): Sides<Counts> => ({
    base: grown(sides.base, growth),
    head: grown(sides.head, growth),
  })
  const decides = (growth: number): boolean =>
    isWorse(times(growth), tolerance, alpha) || isNoWorse(times(growth), tolerance)
  return firstThat(1, 100, decides)
}

const grown = ({ events, bad }: Counts, growth: number): Counts => ({
  events: events * growth,
  bad: bad * growth,
})
