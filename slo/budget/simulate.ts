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
  for (const { perWindow, costRatios } of faults) {
    const countAt = poissonQuantile(perWindow / Math.max(1, costRatios.length))
    for (const cost of costRatios) for (let n = 0; n < windows; n += 1) spent[n]! += countAt(random()) * cost
  }
  return spent.sort()
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
