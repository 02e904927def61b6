/** 2⁸ sub-buckets an octave: a bucket is 1/256 wide, its middle at most 1/512 (0.195 %) from any of its values. */
const BUCKETS = 256
const MANTISSA_BITS_DROPPED = 12

const float64 = new Float64Array(1)
const words = new Uint32Array(float64.buffer)
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

/**
 * A latency sketch: counts of values in buckets of equal relative width (see JUDGING.md, "The sketch").
 * Merging adds counts, so it is exact; a quantile is within 0.2 % of the value at its rank.
 * Counts of an octave lie in a typed array of their own, made when the octave is first hit.
 */
export class Sketch {
  readonly #octaves: (Uint32Array | undefined)[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** A value below zero or not finite is refused: no latency is. */
  record(valueMs: number, count = 1): void {
    if (!(valueMs >= 0 && valueMs < Number.POSITIVE_INFINITY))
      throw new RangeError(`a sketch cannot hold ${valueMs}`)
    this.#add(bucketOf(valueMs), count)
  }

  merge(other: Sketch): void {
    for (const [index, count] of other.buckets()) this.#add(index, count)
  }

  /** The value at rank ⌈q·count⌉, to 0.2 %; null when nothing was recorded. */
  quantile(q: number): number | null {
    let left = Math.max(1, Math.ceil(q * this.#count))
    for (const [index, count] of this.buckets()) {
      left -= count
      if (left <= 0) return middleOf(index)
    }
    return null
  }

  /** Buckets that hold something, ascending: index and count. */
  *buckets(): Generator<readonly [number, number]> {
    for (const [octave, counts] of this.#octaves.entries()) {
      if (counts === undefined) continue
      for (const [bucket, count] of counts.entries())
        if (count > 0) yield [octave * BUCKETS + bucket, count] as const
    }
  }

  #add(index: number, count: number): void {
    const octave = index >>> 8
    let counts = this.#octaves[octave]
    if (counts === undefined) {
      counts = new Uint32Array(BUCKETS)
      this.#octaves[octave] = counts
    }
    counts[index & (BUCKETS - 1)]! += count
    this.#count += count
  }

  /** Sparse pairs `[index, count, …]`, ascending. */
  encode(): number[] {
    return [...this.buckets()].flat()
  }

  static decode(pairs: readonly number[]): Sketch {
    const sketch = new Sketch()
    for (let at = 0; at + 1 < pairs.length; at += 2) sketch.#add(pairs[at]!, pairs[at + 1]!)
    return sketch
  }
}
