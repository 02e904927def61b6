import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'

/** One-sided risk of a wrong `met`, and of a wrong `violated` (JUDGING.md, "Symbols"). */
export const ALPHA = 0.025

/** Events and the bad ones among them; not whole when a design effect has shrunk both. */
export interface Counts {
  readonly events: number
  readonly bad: number
}

/**
 * The greatest bad ratio that these counts do not rule out: B⁻¹(1−α; k+1, n−k).
 * Clopper and Pearson, "The use of confidence or fiducial limits", Biometrika 26 (1934).
 */
export function upperBound({ events, bad }: Counts, alpha = ALPHA): number {
  return bad >= events ? 1 : betaQuantile(1 - alpha, bad + 1, events - bad)
}

/** The least bad ratio that these counts do not rule out: B⁻¹(α; k, n−k+1). */
export function lowerBound({ events, bad }: Counts, alpha = ALPHA): number {
  return bad <= 0 ? 0 : betaQuantile(alpha, bad, events - bad + 1)
}

/** Whether so few are bad that the allowed ratio is kept. No events keep nothing. */
export const isKept = (counts: Counts, allowed: number, alpha = ALPHA): boolean =>
  counts.events > 0 && upperBound(counts, alpha) <= allowed

/** Whether so many are bad that the allowed ratio is broken. */
export const isBroken = (counts: Counts, allowed: number, alpha = ALPHA): boolean =>
  counts.events > 0 && lowerBound(counts, alpha) > allowed
