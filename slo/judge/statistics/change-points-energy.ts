/** One result of a series, and how much it says: its weight. */
export interface WeightedPoint {
  readonly value: number
  /** above 0; equal for all points when nothing is known of their precision */
  readonly weight: number
}

/**
 * The place that cuts a series in its two most different parts, each stretch between `cuts` looked at alone; the first
 * index of the right part. Null when no stretch has two points.
 */
export function largestSplit(points: readonly WeightedPoint[], cuts: readonly number[]): number | null {
  const sums = new PairSums(points)
  const bounds = [0, ...cuts, points.length]
  let best: { readonly index: number; readonly energy: number } | null = null
  for (const [n, start] of bounds.slice(0, -1).entries())
    for (let end = start + 2; end <= bounds[n + 1]!; end += 1)
      for (let index = start + 1; index < end; index += 1) {
        const energy = sums.energy(start, index, end)
        if (best === null || energy > best.energy) best = { index, energy }
      }
  return best?.index ?? null
}

/** Sums of weighted distances over any rectangle of the series against itself, in constant time. */
export class PairSums {
  /** `#prefix[i][j]`: over all pairs of the first i points with the first j */
  readonly #prefix: readonly Float64Array[]
  readonly #weights: readonly number[]
  readonly #squaredWeights: readonly number[]

  constructor(points: readonly WeightedPoint[]) {
    const prefix = Array.from({ length: points.length + 1 }, () => new Float64Array(points.length + 1))
    for (const [i, a] of points.entries())
      for (const [j, b] of points.entries()) {
        const pair = a.weight * b.weight * Math.abs(a.value - b.value)
        prefix[i + 1]![j + 1] = pair + prefix[i]![j + 1]! + prefix[i + 1]![j]! - prefix[i]![j]!
      }
    this.#prefix = prefix
    this.#weights = cumulated(points.map(({ weight }) => weight))
    this.#squaredWeights = cumulated(points.map(({ weight }) => weight ** 2))
  }

  /**
   * Energy distance of the points from `start` to `index` and from there to `end`, times mn/(m+n) (Matteson and James,
   * formulas 5 and 6, α = 1): 2·E|X−Y| − E|X−X′| − E|Y−Y′|. A point counts as much as its weight.
   */
  energy(start: number, index: number, end: number): number {
    const [m, n] = [this.#weight(start, index), this.#weight(index, end)]
    const between = this.#pairs(start, index, index, end) / (m * n)
    const distance = 2 * between - this.#within(start, index) - this.#within(index, end)
    return ((m * n) / (m + n)) * distance
  }

  /** Mean distance of two different points of a part; one point has none. */
  #within(from: number, to: number): number {
    const equal = this.#squaredWeights[to]! - this.#squaredWeights[from]!
    return to - from < 2 ? 0 : this.#pairs(from, to, from, to) / (this.#weight(from, to) ** 2 - equal)
  }

  #weight(from: number, to: number): number {
    return this.#weights[to]! - this.#weights[from]!
  }

  #pairs(fromRow: number, toRow: number, fromColumn: number, toColumn: number): number {
    const at = (row: number, column: number): number => this.#prefix[row]![column]!
    return at(toRow, toColumn) - at(fromRow, toColumn) - at(toRow, fromColumn) + at(fromRow, fromColumn)
  }
}

function cumulated(values: readonly number[]): number[] {
  const sums = [0]
  for (const value of values) sums.push(sums.at(-1)! + value)
  return sums
}
