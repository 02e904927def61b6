import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import { ALPHA } from './bad-ratio.ts'
import { firstThat } from './first-that.ts'

/** The change that most pairs of a comparison lie about, as log-ratios; null: too few pairs for such a bound. */
export interface MedianChange {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/**
 * The median of the log-ratios of pairs, between two of their order statistics. The r-th smallest lies above the true
 * median with probability P(Bin(n, ½) < r), whatever the distribution (Conover, "Practical Nonparametric Statistics",
 * 3.2). Each bound is wrong with probability `alpha` at most. Nothing when there are no pairs.
 */
export function medianChange(logRatios: readonly number[], alpha = ALPHA): MedianChange | null {
  const sorted = logRatios.toSorted((a, b) => a - b)
  const pairs = sorted.length
  if (pairs === 0) return null
  const at = (rank: number): number => sorted[rank - 1]!
  const value = (at(Math.ceil(pairs / 2)) + at(Math.floor(pairs / 2) + 1)) / 2
  const rank = boundRank(pairs, alpha)
  if (rank === 0) return { value, low: null, high: null }
  return { value, low: at(rank), high: at(pairs + 1 - rank) }
}

/** The greatest r with P(Bin(n, ½) < r) ≤ α; 0 when even the smallest pair is no bound. */
function boundRank(pairs: number, alpha: number): number {
  const tooHigh = firstThat(1, pairs, (rank) => binomialCdf(rank - 1, pairs, 0.5) > alpha)
  return (tooHigh ?? pairs + 1) - 1
}

/** Whether most pairs grew by more than `tolerance` (0.02: 2 %): the interval lies above log(1 + tolerance). */
export const isRegression = (logRatios: readonly number[], tolerance: number, alpha = ALPHA): boolean =>
  (medianChange(logRatios, alpha)?.low ?? Number.NEGATIVE_INFINITY) > Math.log1p(tolerance)

/** Whether most pairs grew by less than `tolerance`: the interval lies below log(1 + tolerance). */
export const isNoRegression = (logRatios: readonly number[], tolerance: number, alpha = ALPHA): boolean =>
  (medianChange(logRatios, alpha)?.high ?? Number.POSITIVE_INFINITY) < Math.log1p(tolerance)

/**
 * How many pairs would bring the near bound to the tolerance, if they lay as these do: an interval shrinks with the
 * root of their number. A regression is claimed at `alpha`, which others may share. Null when the median lies so near
 * to the tolerance that hardly any number would do.
 */
export function pairsNeeded(logRatios: readonly number[], tolerance: number, alpha = ALPHA): number | null {
  const limit = Math.log1p(tolerance)
  const value = medianChange(logRatios)?.value
  if (value === undefined) return null
  const change = medianChange(logRatios, value > limit ? alpha : ALPHA)
  const bound = value > limit ? change?.low : change?.high
  if (bound === null || bound === undefined) return null
  const growth = ((value - bound) / (limit - value)) ** 2
  return growth <= MOST_GROWTH ? Math.ceil(logRatios.length * growth) : null
}

/** A comparison a hundred times as long is no advice. */
const MOST_GROWTH = 100
