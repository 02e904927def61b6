import { type Counts, isKept } from './bad-ratio.ts'

/**
 * The greatest design effect with which these counts still keep the allowed ratio by the exact test; null when they do
 * not keep it at all. What is bad and comes in whole clusters of sizes s has the design effect Σs²/Σs (variance ÷ mean of
 * a compound Poisson process): in how large a cluster a bad event finds itself on average, so that an outage of 1,000
 * weighs a thousand times as much as one event. What comes in larger ones, and seldom, may not have come in this run, and
 * leaves no trace. As far as this, met is wrong in at most 2.5 % of runs: `npm run prove -- outcomes`.
 */
export function mostTogether({ events, bad }: Counts, allowed: number): number | null {
  const keeps = (effect: number): boolean => isKept({ events: events / effect, bad: bad / effect }, allowed)
  if (!keeps(1)) return null
  let [least, most] = [1, Math.max(1, events)]
  while (most / least > 1.0001) {
    const middle = Math.sqrt(least * most)
    if (keeps(middle)) least = middle
    else most = middle
  }
  return least
}
