import type { RateStage } from '../../../../reports/run/plan.ts'
import { DueTimes } from './due-times.ts'

/** Told of what took a tick, when it was due since the scenario's first tick, and how much later it came. */
export type Place<What> = (what: What, afterUs: number, latenessMs: number) => void

/** Rows of different VUs reach us slightly out of order; within this they are sorted first. */
const DISORDER_US = 200_000

/**
 * When each iteration of an arrival-rate scenario was due. The executor gives every tick, in order, to one start or
 * one drop, so the rank among both is the tick:
 *
 *     due = origin + after(rank)        lateness = start − due
 *
 * No start is earlier than its tick, so the origin is the least of start − after(rank) that was seen.
 */
export class Ticks<What> {
  readonly due: DueTimes
  /** moments of what waits for its rank, ascending, and beside them what it is */
  readonly #atUs: number[] = []
  readonly #what: What[] = []
  #rank = 0
  #originUs = Number.POSITIVE_INFINITY

  constructor(stages: readonly RateStage[]) {
    this.due = new DueTimes(stages)
  }

  /** how many are due that nothing has taken yet; below zero, k6 has said more than there are */
  get left(): number {
    return this.due.count - this.#rank - this.#atUs.length
  }

  /** an iteration that started, or one that k6 dropped */
  add(atUs: number, what: What): void {
    let at = this.#atUs.length
    while (at > 0 && this.#atUs[at - 1]! > atUs) at -= 1
    this.#atUs.splice(at, 0, atUs)
    this.#what.splice(at, 0, what)
  }

  /** Hands out all whose rank can no longer change at this moment of the stream. */
  settle(nowUs: number, place: Place<What>): void {
    const waiting = this.#atUs.findIndex((atUs) => atUs > nowUs - DISORDER_US)
    const settled = waiting < 0 ? this.#atUs.length : waiting
    for (let n = 0; n < settled; n += 1) this.#place(this.#atUs[n]!, this.#what[n]!, place)
    this.#atUs.splice(0, settled)
    this.#what.splice(0, settled)
  }

  #place(atUs: number, what: What, place: Place<What>): void {
    const afterUs = this.due.afterFirstUs(this.#rank)
    this.#rank += 1
    if (afterUs === undefined) {
      // One more than were due, at the very end: k6's rounding. It tells nothing of where the ticks are.
      place(what, this.due.lengthSeconds * 1e6, 0)
      return
    }
    this.#originUs = Math.min(this.#originUs, atUs - afterUs)
    // Never below zero but for the rounding of doubles.
    place(what, afterUs, Math.max(0, atUs - this.#originUs - afterUs) / 1000)
  }
}
