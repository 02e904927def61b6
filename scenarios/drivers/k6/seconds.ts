import type { LoadOutcome, LoadSecond, LoadSeries } from '../../../reports/run/load.ts'
import { Sketch } from '../../../reports/sketch/index.ts'

/** One thing that counts, placed in the second in which it was due. */
export interface LoadEvent {
  readonly second: number
  readonly measure: LoadSeries['measure']
  readonly scenario: string
  readonly name: string
  readonly outcome: LoadOutcome
  /** from the intended start; undefined where there is none (a check) */
  readonly latencyMs: number | undefined
  /** k6's own figure, from the actual start; undefined when k6 has none (it was never made) */
  readonly uncorrectedMs: number | undefined
}

/** These took longer than any threshold, whatever was measured. */
const SLOWEST: readonly LoadOutcome[] = ['timeout', 'dropped', 'interrupted']

interface OpenSeries {
  readonly event: LoadEvent
  readonly over: number[]
  readonly sketch: Sketch
  readonly uncorrected: Sketch
  count: number
}

/** Events folded into series per second. Memory grows with open seconds and their series, not with events. */
export class Seconds {
  readonly #thresholdsMs: readonly number[]
  readonly #open = new Map<number, Map<string, OpenSeries>>()

  constructor(thresholdsMs: readonly number[]) {
    this.#thresholdsMs = thresholdsMs
  }

  add(event: LoadEvent): void {
    const series = this.#seriesOf(event)
    series.count += 1
    const { latencyMs, uncorrectedMs, outcome } = event
    if (latencyMs === undefined) return
    series.sketch.record(latencyMs)
    if (uncorrectedMs !== undefined) series.uncorrected.record(uncorrectedMs)
    const isSlowest = SLOWEST.includes(outcome)
    for (const [at, thresholdMs] of this.#thresholdsMs.entries())
      if (isSlowest || latencyMs > thresholdMs) series.over[at]! += 1
  }

  /** Closes all seconds before this one. What comes later for them opens them again: further lines, to be added up. */
  *close(before: number): Generator<LoadSecond> {
    for (const [second, series] of [...this.#open].sort(([a], [b]) => a - b)) {
      if (second >= before) return
      this.#open.delete(second)
      const sorted = [...series].sort(([a], [b]) => (a < b ? -1 : 1))
      yield { schema: 'gauntlet/load/1', second, series: sorted.map(([, one]) => this.#written(one)) }
    }
  }

  #seriesOf(event: LoadEvent): OpenSeries {
    const second = entryOf(this.#open, event.second, () => new Map<string, OpenSeries>())
    const key = `${event.measure}\n${event.scenario}\n${event.name}\n${event.outcome}`
    return entryOf(second, key, () => this.#newSeries(event))
  }

  #newSeries(event: LoadEvent): OpenSeries {
    const over = this.#thresholdsMs.map(() => 0)
    return { event, over, sketch: new Sketch(), uncorrected: new Sketch(), count: 0 }
  }

  #written({ event, count, over, sketch, uncorrected }: OpenSeries): LoadSeries {
    const { measure, scenario, name, outcome } = event
    const [pairs, uncorrectedPairs] = [sketch.encode(), uncorrected.encode()]
    const isSame = pairs.join() === uncorrectedPairs.join()
    return {
      ...{ measure, scenario, name, outcome, count },
      over: sketch.count > 0 ? Object.fromEntries(this.#thresholdsMs.map((ms, at) => [ms, over[at]!])) : {},
      sketch: pairs,
      ...(isSame ? {} : { uncorrected: uncorrectedPairs }),
    }
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
