import { Sketch } from '../../../../reports/sketch/index.ts'

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

/** Latencies of one series in one second: a list at first, then a sketch. Once closed it is used again. */
export class Latencies {
  readonly #spare: SpareSketches
  readonly #few = new Float64Array(FEW)
  #count = 0
  #sketch: Sketch | undefined

  constructor(spare: SpareSketches) {
    this.#spare = spare
  }

  record(latencyMs: number, times: number): void {
    if (times > 1) this.#sketch ??= this.#sketched()
    if (this.#sketch !== undefined) this.#sketch.record(latencyMs, times)
    else {
      this.#few[this.#count] = latencyMs
      this.#count += 1
      if (this.#count === FEW) this.#sketch = this.#sketched()
    }
  }

  /** The sketch of all of them, sparse. */
  close(): number[] {
    const sketch = this.#sketch ?? this.#sketched()
    const pairs = sketch.encode()
    this.#spare.giveBack(sketch)
    this.#sketch = undefined
    this.#count = 0
    return pairs
  }

  #sketched(): Sketch {
    const sketch = this.#spare.take()
    for (let at = 0; at < this.#count; at += 1) sketch.record(this.#few[at]!)
    return sketch
  }
}
