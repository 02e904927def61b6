import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Amount, batchMeans, meanInterval } from './batch-means.ts'
import { mulberry32 } from './mulberry32.ts'
import { autoregressive, normals } from './testing/noise.ts'
import { timeOracle } from './testing/time-oracle.ts'

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) <= 1e-7 * Math.abs(expected), `${actual} is not ${expected}`)

for (const { name, stretches, ...expected } of timeOracle.means)
  test(`of ${name} mean, error and interval are what numpy and scipy find`, () => {
    const found = batchMeans(stretches.map((of) => of.map(([count, sum]) => ({ count, sum }))))
    assert.ok(found !== null)
    assert.equal(found.batchSeconds, expected.batchSeconds)
    const { low, high } = meanInterval(found)
    close(found.value, expected.value)
    close(found.standardError, expected.standardError)
    close(low, expected.low)
    close(high, expected.high)
  })

const second = fc
  .record({ count: fc.integer({ min: 0, max: 50 }), each: fc.double({ min: 0.1, max: 1000, noNaN: true }) })
  .map(({ count, each }): Amount => ({ count, sum: count * each }))
const stretch = fc.array(second, { minLength: 24, maxLength: 150 })

test('a mean lies within its interval, and a stricter risk makes that wider', () =>
  fc.assert(
    fc.property(stretch, (seconds) => {
      const found = batchMeans([seconds])
      if (found === null) return
      const { low, high } = meanInterval(found)
      const wide = meanInterval(found, 0.001)
      assert.ok(wide.low <= low && low <= found.value && found.value <= high && high <= wide.high)
    }),
  ))

test('another unit scales value and interval, and decides nothing else', () =>
  fc.assert(
    fc.property(stretch, (seconds) => {
      const [one, other] = [1, 1024].map((unit) =>
        batchMeans([seconds.map(({ count, sum }) => ({ count, sum: sum * unit }))]),
      )
      if (one == null || other == null) return assert.equal(one, other)
      close(other.value, 1024 * one.value)
      assert.ok(Math.abs(other.standardError - 1024 * one.standardError) <= 1e-9 * other.value)
    }),
  ))

const steady = (length: number, each: number): Amount[] =>
  Array.from({ length }, () => ({ count: 10, sum: 10 * each }))

test('values that are all alike have an interval without width, whatever they are', () => {
  for (const each of [0, 0.1, 1e-9, 123.456, 1e15]) {
    const found = batchMeans([steady(300, each)])
    assert.ok(found !== null)
    const { low, high } = meanInterval(found)
    assert.ok(low === found.value && high === found.value)
  }
})

test('that a phase is slower than another is not noise', () => {
  const noise = normals(mulberry32(1))
  const noisy = (level: number): Amount[] =>
    Array.from({ length: 60 }, () => ({ count: 10, sum: 10 * (level + noise()) }))
  const apart = batchMeans([noisy(100), noisy(500)])
  assert.ok(apart !== null && apart.standardError < 0.5)
  assert.equal(batchMeans([[...noisy(100), ...noisy(500)]]), null)
})

test('fewer than 24 batches decide nothing, and 24 seconds are 24 batches', () => {
  const noise = mulberry32(3)
  const seconds = Array.from({ length: 24 }, () => ({ count: 1, sum: noise() }))
  assert.equal(batchMeans([seconds])?.batches, 24)
  assert.equal(batchMeans([seconds.slice(1)]), null)
  assert.equal(batchMeans([seconds.slice(0, 12), seconds.slice(12)]), null)
  assert.equal(batchMeans([]), null)
})

test('no second is left over: each is in a batch', () => {
  const found = batchMeans([steady(299, 1), [...steady(30, 1), { count: 1000, sum: 0 }]])
  assert.ok(found !== null)
  close(found.value, 3290 / 4290)
  assert.ok(found.standardError > 0)
})

test('a second without values is not a value of 0', () => {
  const noise = mulberry32(4)
  const seconds = Array.from({ length: 240 }, (_, n) =>
    n % 3 === 0 ? { count: 0, sum: 0 } : { count: 5, sum: 5 * (100 + noise()) },
  )
  const found = batchMeans([seconds])
  assert.ok(found !== null && found.value > 100 && found.standardError < 0.1)
})

const refused: readonly (readonly [what: string, amount: Amount])[] = [
  ['NaN', { count: 10, sum: Number.NaN }],
  ['infinity', { count: 10, sum: Number.POSITIVE_INFINITY }],
  ['a count that is no number', { count: Number.NaN, sum: 1 }],
  ['a negative count', { count: -1, sum: 1 }],
]
for (const [what, amount] of refused)
  test(`one second of ${what} and nothing is decided`, () =>
    assert.equal(batchMeans([[...steady(100, 5), amount]]), null))

test('without a value there is no mean', () =>
  assert.equal(batchMeans([Array.from({ length: 100 }, () => ({ count: 0, sum: 0 }))]), null))

/** 20 values a second, which share half of their variance with each other and the seconds around. */
function shared(length: number, phi: number, of: (normal: number) => number, seed: number): Amount[] {
  const random = mulberry32(seed)
  const common = autoregressive(phi, random)
  const own = normals(random)
  return Array.from({ length }, () => {
    const now = common()
    let sum = 0
    for (let n = 0; n < 20; n += 1) sum += of(Math.SQRT1_2 * (now + own()))
    return { count: 20, sum }
  })
}

const logNormal = { name: 'log-normal σ 0.6', of: (z: number) => Math.exp(0.6 * z), mean: Math.exp(0.18) }
const normal = { name: 'normal', of: (z: number) => 10 + z, mean: 10 }
// The table in batch-means.ts with fewer runs: 2.5 % of 400 are 10; four standard deviations more are 22.
const cells = [
  { shape: normal, seconds: 60, phi: 0 },
  { shape: normal, seconds: 300, phi: 0.9 },
  { shape: normal, seconds: 600, phi: 0.97 },
  { shape: logNormal, seconds: 300, phi: 0.5 },
  { shape: logNormal, seconds: 600, phi: 0.9 },
  { shape: logNormal, seconds: 600, phi: 0.99 },
]
for (const { shape, seconds, phi } of cells)
  test(`of ${shape.name} values for ${seconds} s at φ ${phi} each bound is on the wrong side in at most 2.5 %`, () => {
    let [tooLow, tooHigh] = [0, 0]
    for (let seed = 1; seed <= 400; seed += 1) {
      const found = batchMeans([shared(seconds, phi, shape.of, seed)])
      if (found === null) continue
      const { low, high } = meanInterval(found)
      if (high < shape.mean) tooLow += 1
      if (low > shape.mean) tooHigh += 1
    }
    assert.ok(tooLow <= 10 && tooHigh <= 10, `${tooLow} and ${tooHigh} of 400`)
  })
