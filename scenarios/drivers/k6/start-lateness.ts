import type { Instrument } from '../../../reports/run/evidence.ts'

export type StartsOfSecond = Pick<
  NonNullable<Instrument['seconds']>[number],
  'second' | 'starts' | 'lateStarts' | 'startLatenessP99Ms'
>

/** How punctual iterations started, while virtual users of their scenario were free, in each second. */
export class StartLateness {
  readonly #lateFromMs: number
  /** by second, then by scenario, in ms */
  readonly #open = new Map<number, Map<string, number[]>>()
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
    const known = scenarios.get(scenario)
    if (known === undefined) scenarios.set(scenario, [latenessMs])
    else known.push(latenessMs)
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

  #summed(second: number, scenarios: readonly number[][]): StartsOfSecond {
    const isLate = (ms: number): boolean => ms > this.#lateFromMs
    return {
      second,
      starts: scenarios.reduce((sum, one) => sum + one.length, 0),
      lateStarts: scenarios.reduce((sum, one) => sum + one.filter(isLate).length, 0),
      startLatenessP99Ms: Math.max(...scenarios.map(p99)),
    }
  }
}

/** The value at rank ⌈0.99 n⌉. */
function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(0.99 * sorted.length) - 1]!
}
