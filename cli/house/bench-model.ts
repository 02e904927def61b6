/** What one side of a comparison cost in one go. */
export interface Cost {
  readonly operations: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

export interface Side {
  readonly name: string
  run(): Promise<Cost>
}

/** A member of the family: `benches/NAME.ts` exports one as `bench`. B is held against A. */
export interface Bench {
  readonly title: string
  /** CPU-seconds an operation of B ÷ those of A must not be more */
  readonly goalRatio: number
  /** starts what both sides need; its undo runs whatever happens */
  prepare?(): Promise<AsyncDisposable>
  readonly a: Side
  readonly b: Side
  /** figures to display beside the ratio; they decide nothing */
  notes?(): readonly string[]
}

export interface RatioInterval {
  readonly median: number
  readonly low: number
  readonly high: number
  /** how sure it is that the true median lies between low and high, at least 0.95 when there are ≥ 6 pairs */
  readonly coverage: number
}

/**
 * The median of paired ratios with the interval between two order statistics. The true median lies outside of the k-th
 * smallest and k-th largest with probability 2·P(Bin(n, ½) < k), whatever the distribution; k is the largest that keeps
 * the coverage at 0.95 or more. (Conover, Practical Nonparametric Statistics, 3.2.)
 */
export function medianInterval(ratios: readonly number[]): RatioInterval {
  const logs = ratios.map(Math.log).sort((a, b) => a - b)
  const n = logs.length
  const rank = Math.max(1, largestRank(n))
  const at = (index: number): number => Math.exp(logs[index] ?? Number.NaN)
  const median = Math.sqrt(at(Math.floor((n - 1) / 2)) * at(Math.ceil((n - 1) / 2)))
  return { median, low: at(rank - 1), high: at(n - rank), coverage: 1 - 2 * binomialBelow(n, rank) }
}

function largestRank(n: number): number {
  let rank = 0
  while (1 - 2 * binomialBelow(n, rank + 1) >= 0.95) rank++
  return rank
}

/** P(Bin(n, ½) < k) */
function binomialBelow(n: number, k: number): number {
  let [probability, sum] = [0.5 ** n, 0]
  for (let successes = 0; successes < k; successes++) {
    sum += probability
    probability *= (n - successes) / (successes + 1)
  }
  return sum
}

export function verdictOf({ low, high, coverage }: RatioInterval, goalRatio: number) {
  if (coverage < 0.95) return 'inconclusive'
  if (high <= goalRatio) return 'met'
  return low > goalRatio ? 'violated' : 'inconclusive'
}
