import { type Counts, isKept } from './bad-ratio.ts'

/**
 * A run of which half the design effect that it could bear is true calls a broken promise met too often: it would have
 * had some eight clusters and may have had three small ones. A quarter is right (`npm run prove -- outcomes`).
 */
const SHARE_OF_BEARABLE = 0.25

/**
 * Up to how many bad events may come at a time, on average, for counts that keep the allowed ratio to keep it still;
 * null when they do not. A bad event that never came leaves no trace, so what comes more at a time and seldom may have
 * been missed. `Average` is that of the bad events, not of the clusters: Σs²/Σs of their sizes s, which is Kish's design
 * effect of clusters ("Survey Sampling", 1965, 5.4). At least 1: events that stand alone need no more than the exact test.
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
