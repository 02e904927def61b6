import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bucketOf, middleOf, Sketch } from './index.ts'

const latencyMs = fc.double({ min: 1e-6, max: 1e7, noNaN: true })
const latenciesMs = fc.array(latencyMs, { minLength: 1, maxLength: 300 })

function sketchOf(valuesMs: readonly number[]): Sketch {
  const sketch = new Sketch()
  for (const valueMs of valuesMs) sketch.record(valueMs)
  return sketch
}

test('the middle of a bucket is within 0.2 % of every value that falls in it', () => {
  fc.assert(
    fc.property(latencyMs, (valueMs) => Math.abs(middleOf(bucketOf(valueMs)) - valueMs) / valueMs <= 0.002),
    { numRuns: 10_000 },
  )
})

test('a greater value never falls in a lower bucket', () => {
  fc.assert(fc.property(latencyMs, latencyMs, (a, b) => bucketOf(Math.min(a, b)) <= bucketOf(Math.max(a, b))))
})

test('a quantile is within 0.2 % of the value at its rank', () => {
  fc.assert(
    fc.property(latenciesMs, fc.double({ min: 0, max: 1, noNaN: true }), (valuesMs, q) => {
      const exact = valuesMs.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * valuesMs.length)) - 1]!
      const quantile = sketchOf(valuesMs).quantile(q)
      return quantile !== null && Math.abs(quantile - exact) / exact <= 0.002
    }),
  )
})

test('two merged sketches are the sketch of all values', () => {
  fc.assert(
    fc.property(latenciesMs, latenciesMs, (a, b) => {
      const merged = sketchOf(a)
      merged.merge(sketchOf(b))
      assert.deepEqual(merged.encode(), sketchOf([...a, ...b]).encode())
      assert.equal(merged.count, a.length + b.length)
    }),
  )
})

test('what was encoded comes back, in ascending pairs', () => {
  fc.assert(
    fc.property(latenciesMs, (valuesMs) => {
      const pairs = sketchOf(valuesMs).encode()
      const indexes = pairs.filter((_, at) => at % 2 === 0)
      assert.deepEqual(
        indexes,
        indexes.toSorted((a, b) => a - b),
      )
      assert.deepEqual(Sketch.decode(pairs).encode(), pairs)
      assert.equal(Sketch.decode(pairs).count, valuesMs.length)
    }),
  )
})

// The encoding stands in recorded runs: these numbers may never change.
test('the encoding is the one that recorded runs were written with', () => {
  assert.deepEqual([0, 1, 1.5, 2, 300].map(bucketOf), [0, 261888, 262016, 262144, 263980])
})

test('a count can be recorded at once, and nothing recorded has no quantile', () => {
  const sketch = new Sketch()
  assert.equal(sketch.quantile(0.5), null)
  sketch.record(5, 3)
  assert.deepEqual([sketch.count, sketch.encode().length], [3, 2])
})

test('a sketch that was given a value that is no latency cannot be read', () => {
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const sketch = new Sketch()
    sketch.record(5)
    sketch.record(value)
    assert.throws(() => sketch.encode(), RangeError)
    assert.throws(() => sketch.count, RangeError)
  }
})

test('values of any size have their place, in the order of their size', () => {
  const values = [0, -0, 1e-300, 1e-7, 1, 1e6, 1e9, 1e300]
  const sketch = sketchOf(values.toReversed())
  const indexes = [...sketch.buckets()].map(([index]) => index)
  assert.deepEqual(indexes, [...new Set(values.map(bucketOf))])
  assert.equal(sketch.count, values.length)
  sketch.record(0, 2)
  assert.equal(sketch.encode()[1], 4, 'what comes after the sketch was read is counted too')
})

test('a sketch that was cleared is as new', () => {
  const sketch = sketchOf([0, 1, 1e9])
  sketch.encode()
  sketch.record(1e12)
  sketch.clear()
  assert.deepEqual([sketch.count, sketch.encode(), sketch.quantile(0.5)], [0, [], null])
  sketch.record(2)
  assert.deepEqual(sketch.encode(), sketchOf([2]).encode())
})
