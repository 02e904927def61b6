import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lowerBound, upperBound } from './bad-ratio.ts'
import { changePoints } from './change-points.ts'
import { type MeasuredPoint, weighted } from './change-points-weights.ts'
import { mulberry32 } from './mulberry32.ts'

const within = (value: number, half: number | null): MeasuredPoint => ({
  value,
  low: half === null ? null : value - half,
  high: half === null ? null : value + half,
})
const weights = (points: readonly MeasuredPoint[]): number[] =>
  weighted(points).points.map(({ weight }) => Number(weight.toFixed(3)))

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
        const all = weighted(drawn.map(([value, half]) => within(value, half))).points.map(
          ({ weight }) => weight,
        )
        assert.ok(all.every((weight) => weight > 0))
        assert.ok(Math.abs(all.reduce((sum, weight) => sum + weight, 0) / all.length - 1) < 1e-9)
      },
    ),
  ))

test('one interval without a width says nothing of how sure the others are', () => {
  const points = [within(10, 1), within(10, 0), within(10, 2), within(10, 1)]
  assert.deepEqual(weights(points), weights(points.with(1, within(10, 1))))
})

const cutsOf = (points: readonly MeasuredPoint[]): number[] => {
  const { points: heavy, leastVariance } = weighted(points)
  return changePoints(heavy, { leastVariance }).map(({ index }) => index)
}

test('three short runs that are wildly off make no change, three long ones do', () => {
  const steady = Array.from({ length: 30 }, (_, n) => within(100 + (n % 3), 3))
  const off = (half: number) => [...steady, ...[140, 141, 139].map((value) => within(value, half))]
  assert.deepEqual(cutsOf(off(3)), [30])
  assert.deepEqual(cutsOf(off(120)), [])
})

test('runs that happen to agree are not surer than their own intervals say', () => {
  for (const values of [
    [182, 182, 183],
    [182, 182, 182, 182, 182, 183],
    [4, 4, 4, 4, 5, 5, 5, 5],
  ]) {
    assert.deepEqual(cutsOf(values.map((value) => within(value, 7))), [], String(values))
    assert.equal(cutsOf(values.map((value) => within(value, 0.001))).length, 1, String(values))
  }
})

/** Bad events of a run, of a steady rate: drawn by Knuth, "Seminumerical Algorithms", 3.4.1, Q. */
function poisson(mean: number, random: () => number): number {
  let [events, product] = [0, random()]
  for (; product > Math.exp(-mean); events += 1) product *= random()
  return events
}

const EVENTS = 6_000
function counted(bad: number): MeasuredPoint {
  const counts = { events: EVENTS, bad }
  return { value: bad, low: lowerBound(counts) * EVENTS, high: upperBound(counts) * EVENTS }
}

for (const mean of [0.05, 0.3, 1, 3])
  for (const runs of [5, 10, 40])
    test(`${runs} runs with ${mean} bad events each, steadily, are cut in at most one of a hundred`, () => {
      const random = mulberry32(7 + runs)
      const series = () => Array.from({ length: runs }, () => counted(poisson(mean, random)))
      const cut = Array.from({ length: 200 }, series).filter((one) => cutsOf(one).length > 0).length
      assert.ok(cut <= 2 + 3 * Math.sqrt(2), `${cut} of 200`)
    })

for (const bad of [
  [0, 0, 1],
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  [0, 0, 0, 1, 0, 0, 0],
  [1, 0, 0, 0, 0],
])
  test(`${bad.join(', ')} bad events of ${EVENTS} are no change`, () =>
    assert.deepEqual(cutsOf(bad.map(counted)), []))

test('a service that begins to lose events is found: 0 a run, then 12', () => {
  assert.deepEqual(cutsOf([...Array(10).fill(0), 12, 11, 13, 12].map(counted)), [10])
})
