import betaln from '@stdlib/math-base-special-betaln'
import { ALPHA, type Counts } from './bad-ratio.ts'

/** Events that hang together count as one: those of 5 s, or 100 of them when that takes longer. */
const SECONDS_AS_ONE = 5
const EVENTS_AS_ONE = 100
/** Each minute begins a process of its own, so that hours of good service hide no outage. */
const RESTART_SECONDS = 60

/** A test that may be looked at after each second, for as long as one likes. */
export interface EProcess {
  /** ln E after the last second */
  readonly logEvidence: number
  /** Takes the next second; true from the first at which the bad ratio is proven to exceed what is allowed. */
  add(second: Counts): boolean
}

/**
 * Guards a bad ratio p₀: when it is kept, the chance to ever alarm is at most α. Ville's inequality; Ramdas, Grünwald,
 * Vovk and Shafer, "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38 (2023).
 *
 * - **The mixture** is uniform over the true ratio, a = b = 1: half its mass lies above ½, so it needs two or three bad
 *   events in a row to alarm, and no guess of how bad it will get.
 * - **One side.** Only those above p₀ among the mixed likelihood ratios are supermartingales under every p ≤ p₀. While
 *   k/n > p₀ those below it are less than 1, so E ≥ 1/α there implies that the others alone, mass w, have reached
 *   (1/α − (1 − w))/w ≥ 1/α. Hence E counts while k/n > p₀, and there alone.
 * - **Events hang together.** The D-th root of the likelihood ratio of D events is a supermartingale however they hang
 *   together (Hölder): n/D and k/D in the formula. Only what outlasts a block is left to simulation.
 * - **Restarts**: Σ w_j E_j with w_j = 1/(j(j+1)), which add up to 1, is such a process again.
 *
 * False alarms in 10 min at a bad ratio of exactly p₀ = 0.1, 1 and 5 %, looked at each second; an event is bad
 * when AR(1) noise, φ from event to event, lies above its quantile (500 runs a cell, the worst p₀):
 *
 * | events/s, φ               | D = 1 | D = 1 s | D = 5 s or 100 events, restarts (this) |
 * | ------------------------- | ----- | ------- | -------------------------------------- |
 * | 10–1000, ≤ 0.9            | 55 %  | 0.3 %   | 0 %                                    |
 * | 10, 0.99                  | 66 %  | 35 %    | 2.0 %                                  |
 * | 20, 0.99                  |       |         | 1.0 % (3.0 % at p₀ = 20 %)             |
 * | 50–1000, 0.99             | 80 %  | 1.8 %   | 0 %                                    |
 * | seconds hang together 0.9 | 79 % | 14 %    | 0.4 %                                  |
 *
 * A total outage at 99.9 % alarms after 4 s, after 5 s when a clean minute went before, 6 s after five, 10 s after an
 * hour. Turned down: D learnt from the seconds before (an outage teaches a large D, and then alarms late; 6.6 % false
 * alarms at 10/s, 0.99); one block of 10 s (an outage takes 8 to 20 s).
 */
export function eProcess(allowed: number, alpha = ALPHA): EProcess {
  const started: { events: number; bad: number }[] = []
  let seconds = 0
  let logEvidence = 0
  let isAlarmed = false
  return {
    get logEvidence() {
      return logEvidence
    },
    add(second) {
      if (seconds % RESTART_SECONDS === 0) started.push({ events: 0, bad: 0 })
      seconds += 1
      const { events, bad } = asOne(second)
      for (const counts of started) {
        counts.events += events
        counts.bad += bad
      }
      logEvidence = logSum(
        started.map((counts, n) => logOneSided(counts, allowed) - Math.log((n + 1) * (n + 2))),
      )
      isAlarmed ||= logEvidence >= -Math.log(alpha)
      return isAlarmed
    },
  }
}

/** ln of B(1+k, 1+n−k)/B(1, 1) / (p₀ᵏ(1−p₀)ⁿ⁻ᵏ); JUDGING.md, rule 7. */
export function logMixture({ events, bad }: Counts, allowed: number): number {
  const good = events - bad
  const logNull = (bad && bad * Math.log(allowed)) + (good && good * Math.log1p(-allowed))
  return betaln(1 + bad, 1 + good) - logNull
}

const logOneSided = (counts: Counts, allowed: number): number =>
  counts.bad > allowed * counts.events ? logMixture(counts, allowed) : Number.NEGATIVE_INFINITY

/** What a second counts for; one without events, or with counts that cannot be, counts for nothing. */
function asOne({ events, bad }: Counts): Counts {
  if (!(events > 0 && bad >= 0 && bad <= events && events < Number.POSITIVE_INFINITY))
    return { events: 0, bad: 0 }
  const together = Math.min(1 / SECONDS_AS_ONE, events / EVENTS_AS_ONE)
  return { events: together, bad: (together * bad) / events }
}

/** ln Σ exp, without overflow. */
function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs)
  if (!Number.isFinite(most)) return most
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0))
}
