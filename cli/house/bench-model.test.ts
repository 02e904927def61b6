import assert from 'node:assert/strict'
import { test } from 'node:test'
import { medianInterval, verdictOf } from './bench-model.ts'

const interval = (...ratios: number[]) => medianInterval(ratios)

test('six pairs are the fewest that decide: their least and greatest hold the median in 96.9 %', () => {
  assert.equal(interval(1, 2, 3, 4, 5, 6).coverage, 1 - 2 / 64)
  assert.equal(interval(1, 2, 3, 4, 5).coverage, 1 - 2 / 32)
})

test('with nine pairs the extremes are left out', () => {
  const { low, high, coverage } = interval(9, 1, 8, 2, 7, 3, 6, 4, 5)
  assert.deepEqual([Math.round(low), Math.round(high)], [2, 8])
  assert.ok(Math.abs(coverage - (1 - 20 / 512)) < 1e-12)
})

test('the median of an even number of ratios is the geometric middle: a ratio and its inverse give 1', () => {
  assert.ok(Math.abs(interval(0.5, 2).median - 1) < 1e-12)
})

const rows: readonly [ratios: number[], verdict: string, why: string][] = [
  [[1, 1.1, 1.2, 1.1, 1.3, 1.4], 'met', 'all of the interval is below the goal'],
  [[1.6, 1.7, 1.8, 1.6, 1.7, 1.9], 'violated', 'all of it is above'],
  [[1.2, 1.7, 1.8, 1.3, 1.7, 1.9], 'inconclusive', 'the goal lies inside'],
  [[1, 1, 1, 1, 1], 'inconclusive', 'five pairs cannot decide'],
]
for (const [ratios, verdict, why] of rows)
  test(`is ${verdict} when ${why}`, () => assert.equal(verdictOf(medianInterval(ratios), 1.5), verdict))
