import type { LiveFigures } from '../../../reports/run/context.ts'
import { Sketch } from '../../../reports/sketch/index.ts'
import type { LoadEvent } from './seconds.ts'

/** Figures of what ended during the latest second, for people who watch. */
export class LiveWindow {
  #sketch = new Sketch()
  #count = 0
  #bad = 0

  add({ measure, outcome, latencyMs }: LoadEvent): void {
    if (measure !== 'request') return
    this.#count += 1
    if (outcome !== 'ok') this.#bad += 1
    if (latencyMs !== undefined) this.#sketch.record(latencyMs)
  }

  /** The figures of the window that ends with this second; the next one starts empty. */
  take(second: number): LiveFigures {
    const errorRatio = this.#count === 0 ? null : this.#bad / this.#count
    const figures = { second, perSecond: this.#count, p95Ms: this.#sketch.quantile(0.95), errorRatio }
    this.#sketch = new Sketch()
    this.#count = 0
    this.#bad = 0
    return figures
  }
}
