import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparison } from './bench-comparison.ts'
import { type Goal, medianInterval, verdictOf, worstOf } from './bench-model.ts'

const interval = (...figures: number[]) => medianInterval(figures)

test('six figures are the fewest that decide: their least and greatest hold the median in 96.9 %', () => {
  assert.equal(interval(1, 2, 3, 4, 5, 6).coverage, 1 - 2 / 64)
  assert.equal(interval(1, 2, 3, 4, 5).coverage, 1 - 2 / 32)
})

test('with nine figures the extremes are left out', () => {
  const { low, high, coverage } = interval(9, 1, 8, 2, 7, 3, 6, 4, 5)
  assert.deepEqual([Math.round(low), Math.round(high)], [2, 8])
  assert.ok(Math.abs(coverage - (1 - 20 / 512)) < 1e-12)
})

test('the median of an even number of ratios is the geometric middle: a ratio and its inverse give 1', () => {
  assert.ok(Math.abs(interval(0.5, 2).median - 1) < 1e-12)
})

const AT_MOST: Goal = { atMost: 1.5 }
const AT_LEAST: Goal = { atLeast: 1.5 }
const BELOW = [1, 1.1, 1.2, 1.1, 1.3, 1.4]
const ABOVE = [1.6, 1.7, 1.8, 1.6, 1.7, 1.9]
const ACROSS = [1.2, 1.7, 1.8, 1.3, 1.7, 1.9]
const rows: readonly [figures: number[], goal: Goal, verdict: string, why: string][] = [
  [BELOW, AT_MOST, 'met', 'all of the interval is below what it may be at most'],
  [ABOVE, AT_MOST, 'violated', 'all of it is above what it may be at most'],
  [ABOVE, AT_LEAST, 'met', 'all of it is above what it must reach'],
  [BELOW, AT_LEAST, 'violated', 'all of it is below what it must reach'],
  [ACROSS, AT_MOST, 'inconclusive', 'what it may be at most lies inside'],
  [ACROSS, AT_LEAST, 'inconclusive', 'what it must reach lies inside'],
  [[1, 1, 1, 1, 1], AT_MOST, 'inconclusive', 'five figures cannot decide'],
  [[], AT_MOST, 'inconclusive', 'each block was left out'],
  [[1, Number.NaN, 1, 1, 1, 1], AT_MOST, 'inconclusive', 'a figure is none'],
]
for (const [figures, goal, verdict, why] of rows)
  test(`is ${verdict} when ${why}`, () => assert.equal(verdictOf(medianInterval(figures), goal), verdict))

test('a bench is as good as its worst claim, and without any it says nothing', () => {
  assert.equal(worstOf(['met', 'inconclusive', 'violated']), 'violated')
  assert.equal(worstOf(['met', 'inconclusive']), 'inconclusive')
  assert.equal(worstOf(['met', 'met']), 'met')
  assert.equal(worstOf([]), 'inconclusive')
})

test('a block runs A B B A, and B costs what it does against A', async () => {
  const order: string[] = []
  const side = (name: string, cpuSeconds: number, operations: number) => ({
    name,
    run: async () => {
      order.push(name)
      return { operations, cpuSeconds, wallSeconds: 0 }
    },
  })
  const claim = comparison({ a: side('A', 4, 20), b: side('B', 1, 10), atMost: 0.2 })
  assert.equal(await claim.measure(() => {}), 0.5)
  assert.equal(order.join(''), 'ABBA')
})
