import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { median } from 'simple-statistics'
import { ALPHA } from './bad-ratio.ts'
import { mulberry32 } from './mulberry32.ts'
import { isNoRegression, isRegression, medianChange, pairsNeeded } from './paired-comparison.ts'
import { atMost } from './testing/binomial.ts'

// Ranks of the order statistics at 97.5 % a side (Conover, table A3, two-sided 95 %).
const rows: readonly (readonly [pairs: number, low: number | null, high: number | null])[] = [
  [5, null, null],
  [6, 1, 6],
  [10, 2, 9],
  [30, 10, 21],
  [60, 22, 39],
]
for (const [pairs, low, high] of rows)
  test(`of ${pairs} pairs the median lies between number ${low} and number ${high}`, () => {
    const change = medianChange(Array.from({ length: pairs }, (_, n) => pairs - n))
    assert.deepEqual([change?.low, change?.high], [low, high])
  })

test('no pairs have no change, and decide nothing', () => {
  assert.equal(medianChange([]), null)
  assert.deepEqual(
    [isRegression([], 0.02), isNoRegression([], 0.02), pairsNeeded([], 0.02)],
    [false, false, null],
  )
})

const logRatios = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 120 })
const tolerance = fc.double({ min: 0.001, max: 0.1, noNaN: true })

test('the median is the one that simple-statistics gives', () =>
  fc.assert(
    fc.property(logRatios, (ratios) => {
      assert.ok(Math.abs(medianChange(ratios)!.value - median(ratios)) < 1e-12)
    }),
  ))

// The interval and the sign test are one: regression when so few pairs lie at or below the limit that chance gives as
// few in at most α of comparisons whose median is the limit.
test('a verdict is the sign test of the pairs against the tolerance', () =>
  fc.assert(
    fc.property(logRatios, tolerance, (ratios, most) => {
      const limit = Math.log1p(most)
      const notAbove = ratios.filter((one) => one <= limit).length
      const notBelow = ratios.filter((one) => one >= limit).length
      assert.equal(isRegression(ratios, most), atMost(notAbove, ratios.length, 0.5) <= ALPHA)
      assert.equal(isNoRegression(ratios, most), atMost(notBelow, ratios.length, 0.5) <= ALPHA)
    }),
  ))

test('nothing is a regression and none at once', () =>
  fc.assert(
    fc.property(logRatios, tolerance, (ratios, most) =>
      assert.ok(!(isRegression(ratios, most) && isNoRegression(ratios, most))),
    ),
  ))

test('a stricter level gives no narrower interval', () =>
  fc.assert(
    fc.property(logRatios, (ratios) => {
      const [wide, narrow] = [medianChange(ratios, ALPHA / 5)!, medianChange(ratios)!]
      assert.ok((wide.low ?? Number.NEGATIVE_INFINITY) <= (narrow.low ?? Number.NEGATIVE_INFINITY))
      assert.ok((wide.high ?? Number.POSITIVE_INFINITY) >= (narrow.high ?? Number.POSITIVE_INFINITY))
    }),
  ))

test('one pair in ten that is wild changes no verdict of a clear comparison', () => {
  const tame = Array.from({ length: 36 }, (_, n) => ((n % 9) - 4) / 1000)
  assert.ok(isNoRegression([...tame, 5, 5, 5, 5], 0.02))
  assert.ok(isRegression([...tame.map((one) => one + 0.05), -5, -5, -5, -5], 0.02))
})

test('at the very tolerance each verdict is wrong in at most 2.5 % of comparisons, whatever the shape', () => {
  const random = mulberry32(20261121)
  // exponential less its median: as skewed as pauses make pairs
  const drawn = () => Math.log(1.02) + (-Math.log(1 - random()) - Math.LN2) / 50
  let [regressions, none] = [0, 0]
  for (let trial = 0; trial < 4_000; trial += 1) {
    const ratios = Array.from({ length: 30 }, drawn)
    if (isRegression(ratios, 0.02)) regressions += 1
    if (isNoRegression(ratios, 0.02)) none += 1
  }
  // three standard errors of 2.5 % of 4,000
  assert.ok(regressions / 4_000 <= ALPHA + 0.0075, `${regressions}`)
  assert.ok(none / 4_000 <= ALPHA + 0.0075, `${none}`)
})

test('as many pairs as are said to be needed decide, when they lie as the first ones do', () => {
  const evenly = (pairs: number) => Array.from({ length: pairs }, (_, n) => (n / (pairs - 1) - 0.5) / 10)
  assert.ok(!isNoRegression(evenly(30), 0.01))
  const needed = pairsNeeded(evenly(30), 0.01)
  assert.ok(needed !== null && needed > 60)
  assert.ok(!isNoRegression(evenly(Math.floor(0.8 * needed)), 0.01))
  assert.ok(isNoRegression(evenly(Math.ceil(1.2 * needed)), 0.01))
})

test('pairs that lie about the tolerance itself would not be decided by a hundred times as many', () => {
  const evenly = Array.from({ length: 30 }, (_, n) => Math.log(1.02) + (n - 14.5) / 1000)
  assert.equal(pairsNeeded(evenly, 0.02), null)
})
