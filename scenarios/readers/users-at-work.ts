import { SILENT_SECONDS } from './silences.ts'

/**
 * k6 says every second how many users are at work (`vus`). Where they are and nothing begins or ends, the target may
 * hang, and what it never answered is not in the file: those seconds belong to the load.
 */
export class UsersAtWork {
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY
  #ended = Number.NEGATIVE_INFINITY

  atWork(atUs: number): void {
    const second = Math.floor(atUs / 1e6)
    this.#first = Math.min(this.#first, second)
    this.#last = Math.max(this.#last, second)
  }

  /** A request or an iteration: until then it is told why its user was at work. */
  ended(atUs: number): void {
    this.#ended = Math.max(this.#ended, Math.floor(atUs / 1e6))
  }

  /** The seconds from the first start to the last, and those beyond in which users waited for what never came. */
  around(first: number, last: number): { readonly first: number; readonly last: number } {
    return {
      first: first - this.#first > SILENT_SECONDS ? this.#first : first,
      last: this.#last - Math.max(last, this.#ended) > SILENT_SECONDS ? this.#last : last,
    }
  }
}
