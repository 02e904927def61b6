import type { SeriesKey } from './series.ts'

/** Something that k6 measured within an iteration. NaN stands for a figure that there is none of. */
export interface Sample {
  readonly key: SeriesKey
  /** when it really started */
  readonly startUs: number
  /** k6's own figure; none of a check */
  readonly ownMs: number
  /** the same, and what the user waited besides: for a connection */
  readonly feltMs: number
  /** an id that the target acknowledged with it */
  readonly ack: { readonly fact: string; readonly id: string; readonly atUs: number } | undefined
}

type Held = { -readonly [Name in keyof Sample]: Sample[Name] }

/**
 * One run of a journey by one VU. Where iterations are made by the thousand a second and live for less than one, each is
 * used again for a later one, or the memory would fill with old ones faster than it is looked through.
 */
export class Iteration {
  /** as k6 calls it */
  scenario = ''
  startUs = 0
  /** when it was due, and how much later it started; NaN until it is known */
  dueUs = Number.NaN
  latenessMs = Number.NaN
  threw = false
  failedCheck = false
  hasEnded = false
  // Arrays are used again too; of each only so many count.
  readonly #completed: string[] = []
  #completes = 0
  readonly #held: Held[] = []
  #holds = 0

  starts(scenario: string, startUs: number): this {
    this.scenario = scenario
    this.startUs = startUs
    this.dueUs = Number.NaN
    this.latenessMs = Number.NaN
    this.threw = false
    this.failedCheck = false
    this.hasEnded = false
    this.#completes = 0
    this.#holds = 0
    return this
  }

  get isPlaced(): boolean {
    return !Number.isNaN(this.dueUs)
  }

  place(dueUs: number, latenessMs: number): void {
    this.dueUs = dueUs
    this.latenessMs = latenessMs
  }

  /** It made a request of this name. */
  completes(name: string): void {
    this.#completed[this.#completes] = name
    this.#completes += 1
  }

  /** Names of the requests that it made, each as often as it made it. */
  *completed(): Generator<string> {
    for (let n = 0; n < this.#completes; n += 1) yield this.#completed[n]!
  }

  /** Keeps a sample until the iteration is placed. */
  hold(sample: Sample): void {
    const held = this.#held[this.#holds]
    this.#holds += 1
    if (held === undefined) {
      this.#held.push({ ...sample })
      return
    }
    held.key = sample.key
    held.startUs = sample.startUs
    held.ownMs = sample.ownMs
    held.feltMs = sample.feltMs
    held.ack = sample.ack
  }

  /** Hands out what is held, in its order, and holds it no longer. */
  release(take: (sample: Sample) => void): void {
    for (let n = 0; n < this.#holds; n += 1) take(this.#held[n]!)
    this.#holds = 0
  }
}
