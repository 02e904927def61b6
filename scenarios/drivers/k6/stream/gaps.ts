/** k6 says something (`vus`) every second; a silence longer than this is none of its usual jitter. */
const SILENCE_US = 1_500_000

/** Finds the whole seconds of the run in which the stream should have spoken and did not. */
export class Gaps {
  readonly found: { readonly fromSecond: number; readonly toSecond: number }[] = []
  #lastUs: number | undefined
  #zeroUs = 0

  /** nothing is expected before second 0 */
  start(zeroUs: number): void {
    this.#zeroUs = zeroUs
    this.#lastUs = zeroUs
  }

  heard(atUs: number): void {
    if (this.#lastUs === undefined || atUs <= this.#lastUs) return
    if (atUs - this.#lastUs > SILENCE_US)
      this.#add(this.#secondOf(this.#lastUs) + 1, this.#secondOf(atUs) - 1)
    this.#lastUs = atUs
  }

  /** The stream ended, and should have spoken until `expectedUs`. */
  ended(expectedUs: number): void {
    if (this.#lastUs === undefined || expectedUs - this.#lastUs <= SILENCE_US) return
    this.#add(this.#secondOf(this.#lastUs) + 1, this.#secondOf(expectedUs) - 1)
  }

  #add(fromSecond: number, toSecond: number): void {
    if (fromSecond <= toSecond) this.found.push({ fromSecond, toSecond })
  }

  #secondOf(atUs: number): number {
    return Math.floor((atUs - this.#zeroUs) / 1e6)
  }
}
