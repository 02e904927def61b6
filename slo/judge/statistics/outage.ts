import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import { type Stretch, totalOf } from './design-effect.ts'

/** Seconds in a row in which more was bad than may be. */
export interface Outage {
  /** which of the stretches it lies in */
  readonly stretch: number
  readonly bad: number
  /** in seconds with events */
  readonly length: number
}

/** All outages, stretch by stretch; a second without events ends none. */
export function outages(stretches: readonly Stretch[], allowed: number): Outage[] {
  return stretches.flatMap((seconds, stretch) => {
    const found: Outage[] = []
    let [bad, length] = [0, 0]
    for (const one of [...seconds.filter(({ events }) => events > 0), { events: 1, bad: 0 }])
      if (one.bad / one.events > allowed) {
        bad += one.bad
        length += 1
      } else if (length > 0) {
        found.push({ stretch, bad, length })
        bad = length = 0
      }
    return found
  })
}

/**
 * The least bad ratio that outages leave possible which were caused, so that each is certain to come again and only
 * its length is chance: lengths are taken to be exponential, so that their mean is at least 2·Σ/χ²₁₋α(2·C)
 * (Epstein and Sobel, "Life testing", J. American Statistical Association 48, 1953). The rest counts as good.
 */
export function lowerBoundOfCaused(
  caused: readonly Outage[],
  stretches: readonly Stretch[],
  alpha: number,
): number {
  const { events } = totalOf(stretches.flat())
  const bad = caused.reduce((sum, one) => sum + one.bad, 0)
  return bad === 0
    ? 0
    : ((bad / events) * 2 * caused.length) / chiSquareQuantile(1 - alpha, 2 * caused.length)
}
