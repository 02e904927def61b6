import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'

const WIDENING_RISK = 0.05

/** The lag-1 autocorrelation of what batches differ from their mean by; batches of two stretches are no neighbours. */
export function lagOne(stretches: readonly (readonly number[])[]): number {
  const squares = sum(stretches.flat().map((one) => one ** 2))
  return sum(stretches.flatMap((of) => of.slice(1).map((one, n) => one * of[n]!))) / squares
}

/**
 * By how much the variance of batches that stand alone is too small for these. They still hang together by
 * (1+r)/(1−r), r = ρ₁ + 2/B, where 2/B makes good the bias of ρ₁ (Marriott and Pope, Biometrika 41, 1954); and a
 * variance of few batches is itself uncertain, so its upper 95 % bound is taken (JUDGING, rule 4).
 */
export function varianceWidening(found: {
  readonly lagOne: number
  readonly batches: number
  readonly freedom: number
}): number {
  const together = Math.max(0, found.lagOne + 2 / found.batches)
  return ((1 + together) / (1 - together)) * (found.freedom / chiSquareQuantile(WIDENING_RISK, found.freedom))
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
