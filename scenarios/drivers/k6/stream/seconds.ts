import type { LoadOutcome, LoadSecond, LoadSeries } from '../../../../reports/run/load.ts'
import { entryOf } from './entry-of.ts'
import { Latencies, SpareSketches } from './latencies.ts'
import { type SeriesKey, SeriesKeys } from './series.ts'

/** What an event measured; undefined where there is nothing to measure, as of a check. */
export interface Measured {
  /** from the intended start; of a metric its value */
  readonly latencyMs: number | undefined
  /** k6's own figure, from the actual start; undefined when k6 has none (it was never made) */
  readonly uncorrectedMs: number | undefined
}

/** No quantity is as large, one way or the other; a second full of larger ones has no sum, and their squares none at all. */
export const GREATEST_VALUE = 1e100

/** Events folded into series per second. Memory grows with open seconds and their series, not with events. */
export class Seconds {
  readonly keys: SeriesKeys
  /** ascending */
  readonly #thresholdsMs: readonly number[]
  readonly #open = new Map<number, Map<SeriesKey, OpenSeries>>()
  readonly #sketches = new SpareSketches()
  /** of seconds that were closed, by their key: to be used again */
  readonly #spare = new Map<SeriesKey, OpenSeries[]>()

  constructor(
    thresholdsMs: readonly number[],
    keys = new SeriesKeys({ asked: [], most: Number.POSITIVE_INFINITY }),
  ) {
    this.#thresholdsMs = thresholdsMs.toSorted((a, b) => a - b)
    this.keys = keys
  }

  /** One event, or several that are the same, in the second in which it was due. */
  count(second: number, key: SeriesKey, measured: Measured, times = 1): void {
    const open = entryOf(this.#open, second, () => new Map<SeriesKey, OpenSeries>())
    const series = open.get(key) ?? this.#openSeries(open, key)
    series.add(measured, times)
  }

  /** Closes all seconds before this one. What comes later for them opens them again: further lines, to be added up. */
  *close(before: number): Generator<LoadSecond> {
    for (const [second, series] of [...this.#open].sort(([a], [b]) => a - b)) {
      if (second >= before) return
      this.#open.delete(second)
      const sorted = [...series.values()].sort((a, b) => (a.key.order < b.key.order ? -1 : 1))
      yield { schema: 'gauntlet/load/1', second, series: sorted.map((one) => this.#close(one)) }
    }
  }

  #openSeries(open: Map<SeriesKey, OpenSeries>, key: SeriesKey): OpenSeries {
    const spare = this.#spare.get(key)?.pop()
    const series = spare ?? new OpenSeries(key, this.#thresholdsMs, this.#sketches)
    open.set(key, series)
    return series
  }

  #close(series: OpenSeries): LoadSeries {
    entryOf(this.#spare, series.key, () => []).push(series)
    return series.close()
  }
}

/** These took longer than any threshold, whatever was measured. */
const SLOWEST: readonly LoadOutcome[] = ['timeout', 'dropped', 'interrupted']

/** One series in one second. Once closed it is as new, for another second. */
class OpenSeries {
  readonly key: SeriesKey
  readonly #thresholdsMs: readonly number[]
  readonly #isSlowest: boolean
  /** how many exceeded so many thresholds, from the lowest on */
  readonly #exceeding: number[]
  readonly #latencies: Latencies
  readonly #uncorrected: Latencies
  #count = 0
  /** of those that have a latency or a value */
  #measured = 0
  #sum = 0

  constructor(key: SeriesKey, thresholdsMs: readonly number[], sketches: SpareSketches) {
    this.key = key
    this.#thresholdsMs = thresholdsMs
    this.#isSlowest = SLOWEST.includes(key.outcome)
    this.#exceeding = new Array(thresholdsMs.length + 1).fill(0)
    this.#latencies = new Latencies(sketches)
    this.#uncorrected = new Latencies(sketches)
  }

  /** A metric's value below zero is counted and summed; a sketch holds none, and no threshold is as low. */
  add({ latencyMs, uncorrectedMs }: Measured, times: number): void {
    this.#count += times
    if (latencyMs === undefined) return
    this.#measured += times
    this.#sum += latencyMs * times
    this.#exceeding[this.#thresholdsBelow(latencyMs)]! += times
    if (latencyMs >= 0) this.#latencies.record(latencyMs, times)
    if (uncorrectedMs !== undefined && uncorrectedMs >= 0) this.#uncorrected.record(uncorrectedMs, times)
  }

  close(): LoadSeries {
    const { measure, scenario, name, outcome } = this.key
    const [sketch, uncorrected] = [this.#latencies.close(), this.#uncorrected.close()]
    const series = {
      ...{ measure, scenario, name, outcome, count: this.#count },
      ...(this.#measured > 0 ? { sum: this.#sum } : {}),
      over: this.#measured > 0 ? this.#over() : {},
      sketch,
      ...(isSame(sketch, uncorrected) ? {} : { uncorrected }),
    }
    this.#count = 0
    this.#measured = 0
    this.#sum = 0
    this.#exceeding.fill(0)
    return series
  }

  /** Strictly: what took exactly as long as a threshold did not take longer. */
  #thresholdsBelow(latencyMs: number): number {
    const thresholdsMs = this.#thresholdsMs
    if (this.#isSlowest) return thresholdsMs.length
    let below = 0
    while (below < thresholdsMs.length && latencyMs > thresholdsMs[below]!) below += 1
    return below
  }

  #over(): Record<string, number> {
    const over: Record<string, number> = {}
    for (const [at, thresholdMs] of this.#thresholdsMs.entries())
      over[thresholdMs] = this.#exceeding.slice(at + 1).reduce((sum, one) => sum + one, 0)
    return over
  }
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at])
