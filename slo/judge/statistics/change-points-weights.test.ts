import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changePoints } from './change-points.ts'
import { type MeasuredPoint, weighted } from './change-points-weights.ts'

const within = (value: number, half: number | null): MeasuredPoint => ({
  value,
  low: half === null ? null : value - half,
  high: half === null ? null : value + half,
})
const weights = (points: readonly MeasuredPoint[]): number[] =>
  weighted(points).map(({ weight }) => Number(weight.toFixed(3)))

test('equal intervals weigh equally, and so do results without any', () => {
  assert.deepEqual(weights([1, 3, 2].map((value) => within(value, 0.5))), [1, 1, 1])
  assert.deepEqual(weights([1, 3, 2].map((value) => within(value, null))), [1, 1, 1])
  assert.deepEqual(weights([5, 5, 5].map((value) => within(value, 0))), [1, 1, 1])
})

test('where runs differ by no more than their intervals say, twice as wide weighs a quarter', () => {
  const [sure, unsure] = weights([within(10, 1), within(10, 2), within(10, 1)])
  assert.equal((unsure! / sure!).toFixed(2), '0.25')
})

test('where runs differ far more than their intervals say, how sure a run is hardly counts', () => {
  const values = [10, 30, 12, 28, 11, 33]
  const all = weights(values.map((value, n) => within(value, n % 2 === 0 ? 0.1 : 0.2)))
  assert.ok(Math.max(...all) / Math.min(...all) < 1.01)
})

test('a result without an interval weighs as much as the middle one', () => {
  const [, none, ...rest] = weights([within(10, 1), within(10, null), within(10, 1), within(10, 3)])
  assert.equal(none, rest[0])
})

test('a step is not taken for a difference between runs', () => {
  const stepped = [10, 10, 10, 20, 20, 20].map((value, n) => within(value, n === 0 ? 2 : 1))
  assert.equal((weights(stepped)[0]! / weights(stepped)[1]!).toFixed(2), '0.25')
})

test('weights are above 0, and 1 on average', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e4, noNaN: true })),
        {
          minLength: 1,
        },
      ),
      (drawn) => {
        const all = weighted(drawn.map(([value, half]) => within(value, half))).map(({ weight }) => weight)
        assert.ok(all.every((weight) => weight > 0))
        assert.ok(Math.abs(all.reduce((sum, weight) => sum + weight, 0) / all.length - 1) < 1e-9)
      },
    ),
  ))

test('three short runs that are wildly off make no change, three long ones do', () => {
  const steady = Array.from({ length: 30 }, (_, n) => within(100 + (n % 3), 3))
  const off = (half: number) => [...steady, ...[140, 141, 139].map((value) => within(value, half))]
  assert.deepEqual(
    changePoints(weighted(off(3))).map(({ index }) => index),
    [30],
  )
  assert.deepEqual(changePoints(weighted(off(120))), [])
})
