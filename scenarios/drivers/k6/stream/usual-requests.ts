import { PrefixSums } from './prefix-sums.ts'

/** The fractional parts of its multiples lie evenly in 0–1 (Weyl). */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** What one iteration made of a name already, in the weight of that name. */
interface Made {
  readonly index: number
  readonly weight: number
}

/** How often an iteration of a scenario makes each of its requests, so that one that made none counts as many. */
export class UsualRequests {
  readonly #names: string[] = []
  readonly #indexes = new Map<string, number>()
  readonly #times: number[] = []
  /** of each name how often it was made, by so many iterations; once by one until any has come to its end */
  #weights = new PrefixSums()
  #iterations = 0
  #asked = 0

  /** Requests of this name. None at all: a name that is known before any iteration came to its end. */
  made(name: string, times: number): void {
    const index = this.#indexes.get(name) ?? this.#newName(name)
    if (times === 0) return
    this.#times[index]! += times
    if (this.#iterations > 0) this.#weights.add(index, times)
  }

  /** An iteration came to its end, and its requests were told. */
  iterated(): void {
    if (this.#iterations === 0) this.#weighByTimes()
    this.#iterations += 1
  }

  get areKnown(): boolean {
    return this.#names.length > 0
  }

  /** How many of each name so many iterations lack that never started. */
  lackedByDropped(iterations: number): Generator<[string, number]> {
    return this.#drawn([], iterations / this.#weightOfOne)
  }

  /** Of one that ended too early and had made requests of these names. When it lacks any, it lacks the one that it was about. */
  lackedByCut(completed: Iterable<string>): Generator<[string, number]> {
    const made = this.#weigh(completed)
    const lacked = made.reduce((sum, { weight }) => sum - weight, this.#weights.upTo(this.#names.length - 1))
    const isPartOfOne = lacked > 0 && lacked < this.#weightOfOne
    return this.#drawn(made, 1 / (isPartOfOne ? lacked : this.#weightOfOne))
  }

  /** of a request that each iteration makes once */
  get #weightOfOne(): number {
    return Math.max(1, this.#iterations)
  }

  #newName(name: string): number {
    const index = this.#names.length
    this.#names.push(name)
    this.#indexes.set(name, index)
    this.#times.push(0)
    this.#weights.push(this.#iterations > 0 ? 0 : 1)
    return index
  }

  #weighByTimes(): void {
    this.#weights = new PrefixSums()
    for (const times of this.#times) this.#weights.push(times)
  }

  /** No more of a name than is usual; ascending. */
  #weigh(completed: Iterable<string>): Made[] {
    const counts = new Map<number, number>()
    for (const name of completed) {
      const index = this.#indexes.get(name)
      if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1)
    }
    return [...counts]
      .map(([index, count]) => ({
        index,
        weight: Math.min(this.#weightOf(index), count * this.#weightOfOne),
      }))
      .sort((a, b) => a.index - b.index)
  }

  #weightOf(index: number): number {
    return this.#iterations === 0 ? 1 : this.#times[index]!
  }

  /**
   * Of a script with a name for each product an iteration makes a small part of each request. Whole ones are drawn, of
   * each name in proportion and as many together as all parts are (systematic sampling, Madow 1949). Names between two
   * that are drawn are not looked at: there may be a thousand of them, and a thousand iterations to draw for in a second.
   */
  *#drawn(made: readonly Made[], perWeight: number): Generator<[string, number]> {
    this.#asked += 1
    const start = (this.#asked * GOLDEN) % 1
    let [drawn, passed, gone] = [0, 0, 0]
    for (;;) {
      const next = (drawn + 1 - start) / perWeight
      let index = this.#weights.firstWith(next + gone)
      for (; passed < made.length && made[passed]!.index <= index; passed += 1) {
        gone += made[passed]!.weight
        index = this.#weights.firstWith(next + gone)
      }
      if (index >= this.#names.length) return
      const upTo = Math.floor(start + (this.#weights.upTo(index) - gone) * perWeight)
      const count = Math.max(1, upTo - drawn)
      drawn += count
      yield [this.#names[index]!, count]
    }
  }
}
