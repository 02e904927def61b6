/** What a figure must not exceed, or must reach. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number }

/** Something that a benchmark claims: a figure above zero, measured anew in each block and held against its goal. */
export interface Claim {
  readonly title: string
  readonly unit: string
  readonly goal: Goal
  /** one block; what it tells is shown and decides nothing */
  measure(tell: (line: string) => void): Promise<number>
}

/** What no clock decides: seeded, so it holds or it does not. */
export interface Check {
  readonly title: string
  /** what was found, in words */
  run(): { readonly holds: boolean; readonly found: string }
}

/** A member of the family: `benches/NAME.ts` exports one as `bench`. It is met when all of its claims and checks are. */
export interface Bench {
  readonly title: string
  readonly claims: readonly Claim[]
  readonly checks?: readonly Check[]
  /** how many blocks, when not the fewest that decide */
  readonly blocks?: number
  /** what it starts takes the lock `measuring` itself */
  readonly isLockTakenWithin?: boolean
  /** starts what all claims need; its undo runs whatever happens */
  prepare?(): Promise<AsyncDisposable>
  /** figures to display beside; they decide nothing */
  notes?(): readonly string[]
}

export interface Interval {
  readonly median: number
  readonly low: number
  readonly high: number
  /** how sure it is that the true median lies between low and high, at least 0.95 when there are ≥ 6 figures */
  readonly coverage: number
}

/** Of no figures, or of some among which one is none. */
const NOTHING: Interval = { median: Number.NaN, low: Number.NaN, high: Number.NaN, coverage: 0 }

/**
 * The median of figures above zero with the interval between two order statistics. The true median lies outside of the
 * k-th smallest and k-th largest with probability 2·P(Bin(n, ½) < k), whatever the distribution; k is the largest that
 * keeps the coverage at 0.95 or more. (Conover, Practical Nonparametric Statistics, 3.2.)
 */
export function medianInterval(figures: readonly number[]): Interval {
  if (figures.length === 0 || !figures.every((figure) => figure > 0)) return NOTHING
  const logs = figures.map(Math.log).sort((a, b) => a - b)
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

export type BenchVerdict = 'met' | 'inconclusive' | 'violated'

export function verdictOf({ low, high, coverage }: Interval, goal: Goal): BenchVerdict {
  if (!(coverage >= 0.95)) return 'inconclusive'
  const isMet = 'atMost' in goal ? high <= goal.atMost : low >= goal.atLeast
  const isMissed = 'atMost' in goal ? low > goal.atMost : high < goal.atLeast
  return isMet ? 'met' : isMissed ? 'violated' : 'inconclusive'
}

const WORST_FIRST: readonly BenchVerdict[] = ['violated', 'inconclusive', 'met']

export function worstOf(verdicts: readonly BenchVerdict[]): BenchVerdict {
  return WORST_FIRST.find((one) => verdicts.includes(one)) ?? 'inconclusive'
}
