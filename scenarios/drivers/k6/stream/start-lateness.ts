import type { Instrument } from '../../../../reports/run/evidence.ts'

export type StartsOfSecond = Pick<
  NonNullable<Instrument['seconds']>[number],
  'second' | 'starts' | 'lateStarts' | 'startLatenessP99Ms'
>

/** How punctual iterations started, while virtual users of their scenario were free, in each second. */
export class StartLateness {
  readonly #lateFromMs: number
  /** by second, then by scenario */
  readonly #open = new Map<number, Map<string, Values>>()
  /** of seconds that were closed: used again, or the memory would fill with old ones */
  readonly #spare: Values[] = []
  readonly #closed: StartsOfSecond[] = []

  constructor(lateFromMs: number) {
    this.#lateFromMs = lateFromMs
  }

  started(second: number, scenario: string, latenessMs: number): void {
    let scenarios = this.#open.get(second)
    if (scenarios === undefined) {
      scenarios = new Map()
      this.#open.set(second, scenarios)
    }
    let valuesMs = scenarios.get(scenario)
    if (valuesMs === undefined) {
      valuesMs = this.#spare.pop() ?? new Values()
      scenarios.set(scenario, valuesMs)
    }
    valuesMs.add(latenessMs)
  }

  /** Starts come in their order, but for a moment: all seconds before this one are complete. */
  close(before: number): void {
    for (const [second, scenarios] of this.#open) {
      if (second >= before) continue
      this.#open.delete(second)
      this.#closed.push(this.#summed(second, [...scenarios.values()]))
    }
  }

  /** Of each second in which an iteration started. */
  all(): readonly StartsOfSecond[] {
    this.close(Number.POSITIVE_INFINITY)
    return this.#closed
  }

  #summed(second: number, scenarios: readonly Values[]): StartsOfSecond {
    const sorted = scenarios.map((valuesMs) => valuesMs.take())
    this.#spare.push(...scenarios)
    const isLate = (ms: number): boolean => ms > this.#lateFromMs
    return {
      second,
      starts: sorted.reduce((sum, one) => sum + one.length, 0),
      lateStarts: sorted.reduce((sum, one) => sum + one.filter(isLate).length, 0),
      startLatenessP99Ms: Math.max(...sorted.map(p99)),
    }
  }
}

/** Numbers that are added one by one, then taken all at once. */
class Values {
  #values = new Float64Array(64)
  #count = 0

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count] = value
    this.#count += 1
  }

  /** Ascending; they hold until the next one is added. */
  take(): Float64Array {
    const sorted = this.#values.subarray(0, this.#count).sort()
    this.#count = 0
    return sorted
  }
}

/** The value at rank ⌈0.99 n⌉. */
function p99(sorted: Float64Array): number {
  return sorted[Math.ceil(0.99 * sorted.length) - 1]!
}
