import { type Counts, isKept } from './bad-ratio.ts'

/**
 * A run whose true design effect is half of what it could bear calls a broken promise met too often: it would have had
 * some eight clusters and may have had three small ones. A quarter is right (`npm run prove -- outcomes`).
 */
const SHARE_OF_BEARABLE = 0.25

/**
 * Up to what design effect counts that keep the allowed ratio may be trusted to keep it: a quarter of the one with which
 * the exact test would just pass; null when it does not pass at all. What is bad and comes in whole clusters of sizes s
 * has the design effect Σs²/Σs (variance ÷ mean of a compound Poisson process): in how large a cluster a bad event finds
 * itself on average, so that an outage of 1,000 weighs a thousand times as much as one event. What comes in larger ones,
 * and seldom, may not have come in this run, and leaves no trace. At least 1: events that stand alone need no more.
 */
export function mostTogether({ events, bad }: Counts, allowed: number): number | null {
  const bears = (effect: number): boolean => isKept({ events: events / effect, bad: bad / effect }, allowed)
  if (!bears(1)) return null
  let [least, most] = [1, Math.max(1, events)]
  while (most / least > 1.0001) {
    const middle = Math.sqrt(least * most)
    if (bears(middle)) least = middle
    else most = middle
  }
  return Math.max(1, SHARE_OF_BEARABLE * least)
}
