import { Sketch } from '../../../reports/sketch/index.ts'

/** Sketches to be used again: a new one costs more than all that a second of one series records. */
export class SpareSketches {
  /** more than the series of some dozen names ever need at once */
  static readonly MOST = 256
  readonly #spare: Sketch[] = []

  take(): Sketch {
    return this.#spare.pop() ?? new Sketch()
  }

  giveBack(sketch: Sketch): void {
    if (this.#spare.length >= SpareSketches.MOST) return
    sketch.clear()
    this.#spare.push(sketch)
  }
}

/** So many are kept as they are: a thousand series of a few events each must not take a thousand sketches. */
const FEW = 64

/** Latencies of one series in one second: a list at first, then a sketch. */
export class Latencies {
  readonly #spare: SpareSketches
  readonly #few: number[] = []
  #sketch: Sketch | undefined

  constructor(spare: SpareSketches) {
    this.#spare = spare
  }

  record(latencyMs: number): void {
    if (this.#sketch !== undefined) this.#sketch.record(latencyMs)
    else if (this.#few.push(latencyMs) === FEW) this.#sketch = this.#sketched()
  }

  /** The sketch of all of them, sparse. Nothing can be recorded any more. */
  close(): number[] {
    const sketch = this.#sketch ?? this.#sketched()
    const pairs = sketch.encode()
    this.#sketch = undefined
    this.#spare.giveBack(sketch)
    return pairs
  }

  #sketched(): Sketch {
    const sketch = this.#spare.take()
    for (const latencyMs of this.#few) sketch.record(latencyMs)
    return sketch
  }
}
