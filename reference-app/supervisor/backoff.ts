const firstMs = 250
const longestMs = 10_000

/** A process that lived this long in health starts anew with the first delay, in ms. */
const healthyMs = 30_000

/** How long to wait before a restart, in ms: 250 doubling to 10 s, and from the start again after good health. */
export class Backoff {
  #nextMs = firstMs

  /** `livedMs`: how long the process had been ready when it ended; 0 when it never was. */
  delayAfter(livedMs: number): number {
    if (livedMs >= healthyMs) this.#nextMs = firstMs
    const delayMs = this.#nextMs
    this.#nextMs = Math.min(longestMs, delayMs * 2)
    return delayMs
  }
}
