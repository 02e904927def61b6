import assert from 'node:assert/strict'
import { test } from 'node:test'
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import fc from 'fast-check'
import { ALPHA, isBroken, isKept } from './bad-ratio.ts'
import { quantileRanks } from './quantile-ranks.ts'

const rows: readonly (readonly [
  events: number,
  quantile: number,
  value: number,
  low: number | null,
  high: number | null,
])[] = [
  [5, 0.5, 3, null, null],
  [6, 0.5, 3, 1, 6],
  [13, 0.75, 10, 7, 13],
  [71, 0.95, 68, 63, null],
  [72, 0.95, 69, 64, 72],
  [1, 0.5, 1, null, null],
]
for (const [events, quantile, value, low, high] of rows)
  test(`of ${events} the ${quantile} quantile is number ${value}, and lies between ${low} and ${high}`, () => {
    assert.deepEqual(quantileRanks(events, quantile), { value, low, high })
  })

const cases = [fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0.5, 0.75, 0.9, 0.95, 0.99)] as const

test('a bound is the innermost order statistic that misses the quantile with a chance of at most α', () =>
  fc.assert(
    fc.property(...cases, (events, quantile) => {
      const { low, high } = quantileRanks(events, quantile)
      // X(r) lies above the quantile when fewer than r of n do not exceed it
      const isAbove = (rank: number): number => 1 - binomialCdf(rank - 1, events, quantile)
      const isBelow = (rank: number): number => binomialCdf(rank - 1, events, quantile)
      if (high !== null) assert.ok(isAbove(high) <= ALPHA + 1e-9)
      if (high !== null && high > 1) assert.ok(isAbove(high - 1) > ALPHA - 1e-9)
      if (low !== null) assert.ok(isBelow(low) <= ALPHA + 1e-9)
      if (low !== null) assert.ok(isBelow(low + 1) > ALPHA - 1e-9)
    }),
  ))

test('the interval and the test on counts never disagree', () =>
  fc.assert(
    fc.property(...cases, fc.double({ min: 0, max: 1, noNaN: true }), (events, quantile, share) => {
      const bad = Math.round(share * events) // the last `bad` of the ordered events lie over the limit
      const isOver = (rank: number): boolean => rank > events - bad
      const { low, high } = quantileRanks(events, quantile)
      assert.equal(isKept({ events, bad }, 1 - quantile), high !== null && !isOver(high))
      assert.equal(isBroken({ events, bad }, 1 - quantile), low !== null && isOver(low))
    }),
  ))
