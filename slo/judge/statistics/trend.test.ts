import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mulberry32 } from './mulberry32.ts'
import { autoregressive, normals } from './testing/noise.ts'
import type { Point } from './theil-sen.ts'
import type { Fold } from './time-buckets.ts'
import { trend, trendInterval } from './trend.ts'

const mean = { fold: 'mean', seed: 1 } as const
const least = { fold: 'least', seed: 1 } as const

/** One point a second; `of` gets the second. */
const every = (seconds: number, of: (second: number) => number): Point[] =>
  Array.from({ length: seconds }, (_, second) => ({ atMs: second * 1000, value: of(second) }))

/** Growth that is not ruled out, a second; null when refused. */
function interval(points: readonly Point[], fold: Fold, seed = 1) {
  const found = trend(points, { fold, seed })
  if (found === null) return null
  const { low, high } = trendInterval(found)
  return { low: low / 3600, high: high / 3600 }
}

test('a line grows by its slope, without doubt', () => {
  const found = interval(
    every(300, (second) => 40.5 + second / 3),
    'mean',
  )
  assert.ok(found !== null && Math.abs(found.low - 1 / 3) < 1e-9 && Math.abs(found.high - 1 / 3) < 1e-9)
})

test('noise on a line leaves its slope within the interval', () => {
  const noise = normals(mulberry32(7))
  const found = interval(
    every(600, (second) => 0.05 * second + noise()),
    'mean',
  )
  assert.ok(
    found !== null && found.low < 0.05 && found.high > 0.05 && found.low > 0.045 && found.high < 0.055,
  )
})

const steps = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 60, maxLength: 200 })

test('a line laid on top shifts the interval of the mean by its slope, and nothing else', () =>
  fc.assert(
    fc.property(steps, fc.double({ min: -10, max: 10, noNaN: true }), (values, slope) => {
      const plain = interval(
        every(values.length, (n) => values[n]!),
        'mean',
      )
      const tilted = interval(
        every(values.length, (n) => values[n]! + slope * n),
        'mean',
      )
      if (plain === null || tilted === null) return
      assert.ok(Math.abs(tilted.low - plain.low - slope) < 1e-6)
      assert.ok(Math.abs(tilted.high - plain.high - slope) < 1e-6)
    }),
    { numRuns: 15 },
  ))

test('the same points in another order, at another time of day, are the same trend', () => {
  const noise = normals(mulberry32(3))
  const points = every(100, () => noise())
  const later = points.map(({ atMs, value }) => ({ atMs: atMs + 1_790_000_000_000, value }))
  assert.deepEqual(trend(later.toReversed(), mean), trend(points, mean))
})

test('a window ten times as dense grows by the same', () => {
  const noise = normals(mulberry32(5))
  const dense = Array.from({ length: 6000 }, (_, n) => ({ atMs: n * 100, value: n / 100 + noise() }))
  const found = trend(dense, mean)
  assert.ok(found !== null && Math.abs(found.perHour - 360) < 3)
})

test('handles that stayed at 40 for ten minutes may still grow by six an hour', () => {
  const found = trend(
    every(601, () => 40),
    mean,
  )
  assert.ok(found !== null)
  assert.deepEqual(trendInterval(found), { low: -6, high: 6 })
})

const refused: readonly (readonly [what: string, points: readonly Point[]])[] = [
  ['no points', []],
  ['one point', every(1, () => 1)],
  ['15 points', every(15, (n) => (n * 7) % 5)],
  ['points of one moment', every(100, (n) => n).map(({ value }) => ({ atMs: 5, value }))],
  ['a NaN', every(100, (n) => (n === 50 ? Number.NaN : n))],
  ['an infinity', every(100, (n) => (n === 50 ? Number.POSITIVE_INFINITY : n))],
  ['one step in the middle', every(300, (n) => (n < 150 ? 10 : 20) + (n % 7) / 10)],
  ['a slow wave', every(300, (n) => Math.sin(n / 60))],
]
for (const [what, points] of refused)
  test(`${what}: nothing is decided`, () => {
    assert.equal(trend(points, mean), null)
    assert.equal(trend(points, least), null)
  })

/** Memory between collections: `period` seconds of rise by 10, then back; it grows by `leak` a second beside. */
function sawtooth(period: number, seed: number, { leak = 0, noise = 0 } = {}): Point[] {
  const random = mulberry32(seed)
  const normal = normals(random)
  const start = random()
  return every(240, (n) => 10 * ((n / period + start) % 1) + leak * n + noise * normal())
}

const SEEDS = Array.from({ length: 12 }, (_, n) => n + 1)

for (const period of [4, 9, 15, 27])
  test(`a healthy sawtooth of ${period} s, whose window ends mid-rise, does not grow by a thousandth of a tooth a second`, () => {
    for (const fold of ['mean', 'least'] as const) {
      const found = SEEDS.flatMap((seed) => interval(sawtooth(period, seed, { noise: 0.1 }), fold) ?? [])
      assert.ok(found.length >= 10 && found.every(({ low }) => low < 0.01), fold)
    }
  })

for (const period of [60, 100, 170])
  test(`of a healthy sawtooth of ${period} s in 240 s nothing is said by its least, and no growth by its mean`, () => {
    for (const seed of SEEDS) {
      const points = sawtooth(period, seed, { noise: 0.1 })
      assert.equal(trend(points, least), null)
      assert.ok((interval(points, 'mean')?.low ?? 0) < 0.01, `${seed}`)
    }
  })

test('a rise that fell nowhere is not taken for memory after collections, however steady', () => {
  assert.equal(
    trend(
      every(240, (n) => 3 * n),
      least,
    ),
    null,
  )
  for (const seed of SEEDS) assert.equal(trend(sawtooth(400, seed), least), null)
})

test('a leak below a sawtooth is found by its least, and surer than by its mean', () => {
  for (const seed of SEEDS) {
    const points = sawtooth(7.3, seed, { leak: 0.05, noise: 0.1 })
    const [byLeast, byMean] = [interval(points, 'least'), interval(points, 'mean')]
    assert.ok(byLeast !== null && byMean !== null)
    assert.ok(byLeast.low > 0.04 && byLeast.high < 0.06, `${seed}: ${byLeast.low} ${byLeast.high}`)
    assert.ok(byLeast.high - byLeast.low < byMean.high - byMean.low)
  }
})

// The table in trend.ts with fewer runs: 2.5 % of 80 are 2; three standard deviations more are 6.
for (const phi of [0, 0.9, 0.99])
  test(`noise at φ ${phi} that does not grow is called growing, or shrinking, in at most 6 of 80 runs each`, () => {
    let [growing, shrinking] = [0, 0]
    for (let seed = 1; seed <= 80; seed += 1) {
      const noise = autoregressive(phi, mulberry32(seed))
      const found = interval(
        every(240, () => noise()),
        'mean',
        seed,
      )
      if (found !== null && found.low > 0) growing += 1
      if (found !== null && found.high < 0) shrinking += 1
    }
    assert.ok(growing <= 6 && shrinking <= 6, `${growing} and ${shrinking}`)
  })
