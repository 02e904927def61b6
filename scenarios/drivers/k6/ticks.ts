/** What took a tick: an iteration that started, or one that k6 dropped. */
interface Taken<What> {
  readonly atUs: number
  readonly what: What
}

/** Rows of different VUs reach us slightly out of order; within this they are sorted first. */
const DISORDER_US = 200_000

/**
 * When each iteration of an arrival-rate scenario was due. The executor gives every tick, in order, to one start or
 * one drop, so the rank among both is the tick:
 *
 *     due = origin + rank / rate        lateness = start − due
 *
 * No start is earlier than its tick, so the origin is the least of start − rank / rate that was seen.
 */
export class Ticks<What> {
  readonly #periodUs: number
  readonly #waiting: Taken<What>[] = []
  #rank = 0
  #originUs = Number.POSITIVE_INFINITY

  constructor(ratePerSecond: number) {
    this.#periodUs = 1e6 / ratePerSecond
  }

  add(atUs: number, what: What): void {
    let at = this.#waiting.length
    while (at > 0 && this.#waiting[at - 1]!.atUs > atUs) at -= 1
    this.#waiting.splice(at, 0, { atUs, what })
  }

  /** Hands out all whose rank can no longer change at this moment of the stream. */
  *due(nowUs: number): Generator<{ readonly what: What; readonly rank: number; readonly dueUs: number }> {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { atUs, what } = first
      if (atUs > nowUs - DISORDER_US) return
      this.#waiting.shift()
      const rank = this.#rank++
      this.#originUs = Math.min(this.#originUs, atUs - rank * this.#periodUs)
      yield { what, rank, dueUs: this.#originUs + rank * this.#periodUs }
    }
  }
}
