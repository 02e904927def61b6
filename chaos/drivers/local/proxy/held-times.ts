/** So many of the latest are kept for the quantiles. */
const KEPT = 1_024

/** How long pieces were held, in ms. */
export class HeldTimes {
  readonly #latest: number[] = []
  #count = 0
  #max = 0

  add(ms: number): void {
    this.#latest[this.#count++ % KEPT] = ms
    this.#max = Math.max(this.#max, ms)
  }

  /** as the API shows them: the quantiles of the latest, the longest of all; null before the first */
  get shown(): { count: number; p50: number; p95: number; max: number } | null {
    if (this.#count === 0) return null
    const sorted = this.#latest.toSorted((a, b) => a - b)
    const quantile = (q: number): number => sorted[Math.ceil(q * sorted.length) - 1]!
    return { count: this.#count, p50: quantile(0.5), p95: quantile(0.95), max: this.#max }
  }
}
