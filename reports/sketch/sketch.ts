/** 2⁸ sub-buckets an octave: a bucket is 1/256 wide, its middle at most 1/512 (0.195 %) from any of its values. */
const BUCKETS = 256
const MANTISSA_BITS_DROPPED = 12

const float64 = new Float64Array(1)
const words = new Int32Array(float64.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** Index of the bucket a value falls in: its float64 without sign, cut after 8 bits of mantissa. */
export function bucketOf(value: number): number {
  float64[0] = value
  return (words[HIGH]! & 0x7fffffff) >>> MANTISSA_BITS_DROPPED
}

/** The middle of a bucket. Bucket 0 stands for zero. */
export function middleOf(index: number): number {
  if (index === 0) return 0
  words[HIGH] = (index << MANTISSA_BITS_DROPPED) | (1 << (MANTISSA_BITS_DROPPED - 1))
  words[1 - HIGH] = 0
  return float64[0]!
}

/** Counted in the array: 27 octaves from 2⁻¹⁰, which in milliseconds are 1 µs to 131 s. */
const FIRST = bucketOf(2 ** -10)
const FIRST_WORD = FIRST << MANTISSA_BITS_DROPPED
const WINDOW = 27 * BUCKETS

/**
 * A latency sketch: counts of values in buckets of equal relative width (see JUDGING.md, "The sketch").
 * Merging adds counts, so it is exact; a quantile is within 0.2 % of the value at its rank.
 * Nearly all latencies fall in an array of 27 KB. What does not waits in a list until the sketch is next read, and is
 * then counted in a map, so any value has its place. A bucket holds up to 2³² − 1.
 */
export class Sketch {
  readonly #window = new Uint32Array(WINDOW)
  /** value, count, value, count, … */
  readonly #waiting: number[] = []
  readonly #beyond = new Map<number, number>()

  get count(): number {
    this.settle()
    let count = 0
    const window = this.#window
    for (let at = 0; at < WINDOW; at += 1) count += window[at]!
    for (const one of this.#beyond.values()) count += one
    return count
  }

  /** A value below zero or not finite is no latency: the sketch that was given one cannot be read. */
  record(valueMs: number, count = 1): void {
    float64[0] = valueMs
    const at = (words[HIGH]! - FIRST_WORD) >>> MANTISSA_BITS_DROPPED
    // No call in either branch, or the compiler would save and restore everything around it: see README.
    if (at < WINDOW) this.#window[at]! += count
    else this.#waiting.push(valueMs, count)
  }

  /** As new: so that one can be used again, second after second. */
  clear(): void {
    this.#window.fill(0)
    this.#waiting.length = 0
    this.#beyond.clear()
  }

  merge(other: Sketch): void {
    for (const [index, count] of other.buckets()) this.#add(index, count)
  }

  /** The value at rank ⌈q·count⌉, to 0.2 %; null when nothing was recorded. */
  quantile(q: number): number | null {
    let left = Math.max(1, Math.ceil(q * this.count))
    for (const [index, count] of this.buckets()) {
      left -= count
      if (left <= 0) return middleOf(index)
    }
    return null
  }

  /** Buckets that hold something, ascending: index and count. */
  *buckets(): Generator<readonly [number, number]> {
    const pairs = this.encode()
    for (let at = 0; at < pairs.length; at += 2) yield [pairs[at]!, pairs[at + 1]!]
  }

  /** Sparse pairs `[index, count, …]`, ascending. */
  encode(): number[] {
    this.settle()
    const beyond = [...this.#beyond].sort(([a], [b]) => a - b)
    return [
      ...beyond.filter(([index]) => index < FIRST).flat(),
      ...this.#windowPairs(),
      ...beyond.filter(([index]) => index > FIRST).flat(),
    ]
  }

  static decode(pairs: readonly number[]): Sketch {
    const sketch = new Sketch()
    for (let at = 0; at + 1 < pairs.length; at += 2) sketch.#add(pairs[at]!, pairs[at + 1]!)
    return sketch
  }

  #windowPairs(): number[] {
    const [window, pairs] = [this.#window, [] as number[]]
    for (let at = 0; at < WINDOW; at += 1) if (window[at] !== 0) pairs.push(FIRST + at, window[at]!)
    return pairs
  }

  /** Counts what waits; who keeps a sketch for long without reading it calls this now and then. */
  settle(): void {
    for (let at = 0; at < this.#waiting.length; at += 2) {
      const [value, count] = [this.#waiting[at]!, this.#waiting[at + 1]!]
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
        throw new RangeError(`a sketch cannot hold ${value}`)
      this.#add(bucketOf(value), count)
    }
    this.#waiting.length = 0
  }

  #add(index: number, count: number): void {
    const at = index - FIRST
    if (at >= 0 && at < WINDOW) this.#window[at]! += count
    else this.#beyond.set(index, (this.#beyond.get(index) ?? 0) + count)
  }
}
