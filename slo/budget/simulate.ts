import { mulberry32 } from '../judge/statistics/mulberry32.ts'
import { poissonQuantile } from './poisson.ts'

/** What one kind of fault does to a budget. Shares are of the whole window's budget. */
export interface FaultCosts {
  /** how often it happens in a window, on average */
  readonly perWindow: number
  /** what each measured incident cost */
  readonly costRatios: readonly number[]
}

export interface Spending {
  /** what goes on all the time, over a whole window */
  readonly steadyRatio: number
  readonly faults: readonly FaultCosts[]
}

/** What windows spend: half of them at most, 95 % of them at most, and the share of them that keep to the budget. */
export interface Simulated {
  readonly medianSpentRatio: number
  readonly p95SpentRatio: number
  readonly lastsRatio: number
}

export const WINDOWS = 10_000

/**
 * How much of its budget each of so many windows spends, ascending; the same seed gives the same windows. A fault comes
 * a Poisson number of times, each time as one of its measured incidents was: that is as if each of these came on its
 * own, a Poisson number of times at its share of the rate (Kingman, "Poisson Processes", 1993, 5.1).
 */
export function simulateWindows(
  { steadyRatio, faults }: Spending,
  { seed, windows = WINDOWS }: { readonly seed: number; readonly windows?: number },
): Float64Array {
  const random = mulberry32(seed)
  const spent = new Float64Array(windows).fill(steadyRatio)
  for (const { perWindow, costRatios } of faults)
    for (const cost of costRatios) {
      const counts = shuffled(countsOf(perWindow / costRatios.length, windows), random)
      for (let n = 0; n < windows; n += 1) spent[n]! += counts[n]! * cost
    }
  return spent.sort()
}

/**
 * As many counts as there are windows, the middle of each window's share of the distribution: chance only decides which
 * meet in one window (McKay, Beckman and Conover, Technometrics 21, 1979). Where only one incident costs anything,
 * nothing is left to chance.
 */
function countsOf(mean: number, windows: number): Float64Array {
  const countAt = poissonQuantile(mean)
  return Float64Array.from({ length: windows }, (_, n) => countAt((n + 0.5) / windows))
}

/** In place (Durstenfeld, Communications of the ACM 7, 1964). */
function shuffled(values: Float64Array, random: () => number): Float64Array {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const moved = values[last]!
    values[last] = values[other]!
    values[other] = moved
  }
  return values
}

export function summarize(spent: Float64Array): Simulated {
  return {
    medianSpentRatio: at(spent, 0.5),
    p95SpentRatio: at(spent, 0.95),
    lastsRatio: spent.filter((ratio) => ratio <= 1).length / spent.length,
  }
}

const at = (ascending: Float64Array, quantile: number): number =>
  ascending[Math.max(0, Math.ceil(quantile * ascending.length) - 1)] ?? 0
