import type { RateStage } from '../../../reports/run/plan.ts'
import { DueTimes } from './due-times.ts'

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
 *     due = origin + after(rank)        lateness = start − due
 *
 * No start is earlier than its tick, so the origin is the least of start − after(rank) that was seen.
 */
export class Ticks<What> {
  readonly due: DueTimes
  readonly #waiting: Taken<What>[] = []
  #rank = 0
  #originUs = Number.POSITIVE_INFINITY

  constructor(stages: readonly RateStage[]) {
    this.due = new DueTimes(stages)
  }

  add(atUs: number, what: What): void {
    let at = this.#waiting.length
    while (at > 0 && this.#waiting[at - 1]!.atUs > atUs) at -= 1
    if (at === this.#waiting.length) this.#waiting.push({ atUs, what })
    else this.#waiting.splice(at, 0, { atUs, what })
  }

  /** Hands out all whose rank can no longer change at this moment of the stream. */
  *ranked(nowUs: number): Generator<Ranked<What>> {
    const settled = this.#waiting.findIndex(({ atUs }) => atUs > nowUs - DISORDER_US)
    for (const { atUs, what } of this.#waiting.splice(0, settled < 0 ? this.#waiting.length : settled))
      yield { what, ...this.#place(atUs) }
  }

  #place(atUs: number): { afterUs: number; latenessMs: number } {
    const afterUs = this.due.afterFirstUs(this.#rank)
    this.#rank += 1
    // One more than were due, at the very end: k6's rounding. It tells nothing of where the ticks are.
    if (afterUs === undefined) return { afterUs: this.due.lengthSeconds * 1e6, latenessMs: 0 }
    this.#originUs = Math.min(this.#originUs, atUs - afterUs)
    // Never below zero but for the rounding of doubles.
    return { afterUs, latenessMs: Math.max(0, atUs - this.#originUs - afterUs) / 1000 }
  }
}
