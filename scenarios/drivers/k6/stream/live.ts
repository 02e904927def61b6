import type { LiveFigures } from '../../../../reports/run/context.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import type { Measured } from './seconds.ts'
import type { SeriesKey } from './series.ts'

/** Figures of what ended since the last look, for people who watch. */
export class LiveWindow {
  readonly #sketch = new Sketch()
  #count = 0
  #bad = 0

  add({ measure, outcome }: SeriesKey, { latencyMs }: Measured, times = 1): void {
    if (measure !== 'request') return
    this.#count += times
    if (outcome !== 'ok') this.#bad += times
    if (latencyMs !== undefined) this.#sketch.record(latencyMs, times)
  }

  /** The figures of the window that ends with this second; the next one starts empty. */
  take(second: number, lengthSeconds: number): LiveFigures {
    const errorRatio = this.#count === 0 ? null : this.#bad / this.#count
    const perSecond = this.#count / lengthSeconds
    const figures = { second, perSecond, p95Ms: this.#sketch.quantile(0.95), errorRatio }
    this.#sketch.clear()
    this.#count = 0
    this.#bad = 0
    return figures
  }
}
