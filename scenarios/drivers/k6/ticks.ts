/** What took a tick: an iteration that started, or one that k6 dropped. */
interface Taken<What> {
  readonly atUs: number
  readonly what: What
}

export interface Ranked<What> {
  readonly what: What
  /** when it was due, since the scenario's first tick */
  readonly afterUs: number
  readonly latenessMs: number
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
  readonly #ratePerSecond: number
  readonly #waiting: Taken<What>[] = []
  #rank = 0
  #originUs = Number.POSITIVE_INFINITY

  constructor(ratePerSecond: number) {
    this.#ratePerSecond = ratePerSecond
  }

  add(atUs: number, what: What): void {
    let at = this.#waiting.length
    while (at > 0 && this.#waiting[at - 1]!.atUs > atUs) at -= 1
    this.#waiting.splice(at, 0, { atUs, what })
  }

  /** Hands out all whose rank can no longer change at this moment of the stream. */
  *ranked(nowUs: number): Generator<Ranked<What>> {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { atUs, what } = first
      if (atUs > nowUs - DISORDER_US) return
      this.#waiting.shift()
      const afterUs = (this.#rank * 1e6) / this.#ratePerSecond
      this.#rank += 1
      this.#originUs = Math.min(this.#originUs, atUs - afterUs)
      // Never below zero but for the rounding of doubles.
      yield { what, afterUs, latenessMs: Math.max(0, atUs - this.#originUs - afterUs) / 1000 }
    }
  }
}
