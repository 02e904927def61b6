/** The fractional parts of its multiples lie evenly in 0–1 (Weyl). */
const GOLDEN = (Math.sqrt(5) - 1) / 2

type Lack = readonly [name: string, requests: number]

/** How often an iteration of a scenario makes each of its requests, so that one that made none counts as many. */
export class UsualRequests {
  readonly #times = new Map<string, number>()
  #iterations = 0
  #asked = 0

  /** Requests of this name. None at all: a name that is known before any iteration came to its end. */
  made(name: string, times: number): void {
    this.#times.set(name, (this.#times.get(name) ?? 0) + times)
  }

  /** An iteration came to its end, and its requests were told. */
  iterated(): void {
    this.#iterations += 1
  }

  get areKnown(): boolean {
    return this.#times.size > 0
  }

  /** How many of each name so many iterations lack that never started. */
  lackedByDropped(iterations: number): Generator<[string, number]> {
    return this.#drawn([...this.#times.keys()].map((name) => [name, iterations * this.#usually(name)]))
  }

  /** Of one that ended too early and had made `has` of a name. When it lacks any, it lacks the one that it was about. */
  lackedByCut(has: (name: string) => number): Generator<[string, number]> {
    const lacks = [...this.#times.keys()].map(
      (name): Lack => [name, Math.max(0, this.#usually(name) - has(name))],
    )
    const together = lacks.reduce((sum, [, lack]) => sum + lack, 0)
    const isPartOfOne = together > 0 && together < 1
    return this.#drawn(isPartOfOne ? lacks.map(([name, lack]) => [name, lack / together]) : lacks)
  }

  #usually(name: string): number {
    return this.#iterations === 0 ? 1 : (this.#times.get(name) ?? 0) / this.#iterations
  }

  /**
   * Of a script with a name for each product an iteration makes a small part of each request. Whole ones are drawn, of
   * each name in proportion and as many together as all parts are (systematic sampling, Madow 1949).
   */
  *#drawn(lacks: readonly Lack[]): Generator<[string, number]> {
    this.#asked += 1
    let upTo = (this.#asked * GOLDEN) % 1
    let drawn = 0
    for (const [name, lack] of lacks) {
      upTo += lack
      const count = Math.floor(upTo) - drawn
      drawn += count
      if (count > 0) yield [name, count]
    }
  }
}
