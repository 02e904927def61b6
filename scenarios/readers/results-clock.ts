import { duration } from '../../reports/run/words/words.ts'

/** Longer is no load test but a clock that went wrong, and its seconds would fill the memory. */
export const LONGEST_US = 7 * 24 * 3600 * 1e6

/** The times of results, in the order of the file: they go on, but for a disorder that the tool is known for. */
export class ResultsClock {
  latestUs = 0
  readonly #disorderUs: number
  #firstUs: number | undefined

  constructor(disorderMs: number) {
    this.#disorderUs = disorderMs * 1000
  }

  /** nothing that comes later can have ended before this */
  get settledUs(): number {
    return this.latestUs - this.#disorderUs
  }

  /** Why this cannot be the next time; undefined when it can. */
  refuse(atUs: number): string | undefined {
    if (!(atUs > 0 && Number.isFinite(atUs))) return 'has no time'
    this.#firstUs ??= atUs
    if (atUs < this.settledUs)
      return `is ${duration((this.latestUs - atUs) / 1000)} earlier than one before it: a clock jumped back`
    if (atUs - this.#firstUs > LONGEST_US)
      return `is ${duration((atUs - this.#firstUs) / 1000)} later than the first`
    this.latestUs = Math.max(this.latestUs, atUs)
    return undefined
  }
}
