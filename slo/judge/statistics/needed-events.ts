import { ALPHA, type Counts, isBroken, isKept } from './bad-ratio.ts'
import { firstThat } from './first-that.ts'

/** Beyond this nobody waits for an answer. */
const MOST_EVENTS = 1e10

/** The fewest events that keep the allowed ratio with none bad: (1 − p₀)ⁿ ≤ α, so 3,688 for 99.9 %. */
export const fewestCleanEvents = (allowed: number): number =>
  Math.ceil(Math.log(ALPHA) / Math.log1p(-allowed))

/**
 * How many events would decide if the bad ratio stays as it was; null when it lies on the limit.
 * `alpha` is the level at which broken is asked; kept needs no correction for other objectives.
 */
export function neededEvents({ events, bad }: Counts, allowed: number, alpha = ALPHA): number | null {
  if (events === 0) return fewestCleanEvents(allowed)
  const ratio = bad / events
  if (ratio === allowed) return null
  const decides = (n: number): boolean => {
    const counts = { events: n, bad: n * ratio }
    return ratio < allowed ? isKept(counts, allowed) : isBroken(counts, allowed, alpha)
  }
  let enough = 1
  while (enough < MOST_EVENTS && !decides(enough)) enough *= 2
  return firstThat(1, enough, decides)
}
