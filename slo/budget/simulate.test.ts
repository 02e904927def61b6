import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FaultCosts, type Spending, simulateWindows, summarize } from './simulate.ts'

const cost = fc.double({ min: 0, max: 2, noNaN: true })
const fault = fc.record({
  perWindow: fc.double({ min: 0, max: 50, noNaN: true }),
  costRatios: fc.array(cost, { minLength: 1, maxLength: 6 }),
})
const spending = fc.record({ steadyRatio: cost, faults: fc.array(fault, { maxLength: 4 }) })
const seed = fc.nat()

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Mean and variance of a compound Poisson sum: rate times the mean cost, and times the mean squared cost. */
function momentsOf({ steadyRatio, faults }: Spending) {
  const moment = (power: number): number =>
    sum(
      faults.map(
        ({ perWindow, costRatios }) =>
          (perWindow * sum(costRatios.map((one) => one ** power))) / costRatios.length,
      ),
    )
  return { mean: steadyRatio + moment(1), variance: moment(2) }
}

test('what windows spend on average is the exact figure, within the error of the simulation', () =>
  fc.assert(
    fc.property(spending, seed, (spending, seed) => {
      const windows = 2000
      const spent = simulateWindows(spending, { seed, windows })
      const { mean, variance } = momentsOf(spending)
      const error = Math.sqrt(variance / windows)
      // rare and dear incidents are not normal: six errors, and one incident more or less
      const dearest = Math.max(0, ...spending.faults.flatMap(({ costRatios }) => costRatios))
      const off = Math.abs(sum([...spent]) / windows - mean)
      assert.ok(off <= 6 * error + (6 * dearest) / windows + 1e-9, `${off} off, error ${error}`)
    }),
  ))

test('more incidents never leave more of the budget, in no window', () =>
  fc.assert(
    fc.property(spending, seed, fc.double({ min: 1, max: 5, noNaN: true }), (spending, seed, times) => {
      const moreOf = (one: FaultCosts): FaultCosts => ({ ...one, perWindow: one.perWindow * times })
      const few = simulateWindows(spending, { seed, windows: 500 })
      const many = simulateWindows(
        { ...spending, faults: spending.faults.map(moreOf) },
        { seed, windows: 500 },
      )
      assert.ok(few.every((ratio, n) => ratio <= many[n]! + 1e-9))
      assert.ok(summarize(many).lastsRatio <= summarize(few).lastsRatio)
    }),
  ))

test('faults that never happen and nothing bad without them spend nothing', () =>
  fc.assert(
    fc.property(fc.array(fc.array(cost)), seed, (costs, seed) => {
      const faults = costs.map((costRatios) => ({ perWindow: 0, costRatios }))
      const spent = simulateWindows({ steadyRatio: 0, faults }, { seed, windows: 100 })
      assert.deepEqual(summarize(spent), { medianSpentRatio: 0, p95SpentRatio: 0, lastsRatio: 1 })
    }),
  ))

test('a seed gives the same windows each time, and another seed others', () => {
  const spending = { steadyRatio: 0.1, faults: [{ perWindow: 4, costRatios: [0.1, 0.2] }] }
  assert.deepEqual(simulateWindows(spending, { seed: 7 }), simulateWindows(spending, { seed: 7 }))
  assert.notDeepEqual(simulateWindows(spending, { seed: 7 }), simulateWindows(spending, { seed: 8 }))
})

test('an incident that takes half of the budget leaves it in the windows that have at most two', () => {
  const spent = simulateWindows(
    { steadyRatio: 0, faults: [{ perWindow: 1, costRatios: [0.5] }] },
    { seed: 1 },
  )
  // P(N ≤ 2) = (1 + 1 + 1/2)/e = 0.9197
  assert.ok(Math.abs(summarize(spent).lastsRatio - 0.9197) < 0.011)
  assert.equal(summarize(spent).medianSpentRatio, 0.5)
  assert.equal(summarize(spent).p95SpentRatio, 1.5)
})

test('thousands of incidents, and one a minute, come to an end', () => {
  const costRatios = Array.from({ length: 3000 }, (_, n) => n * 1e-9)
  const spent = simulateWindows({ steadyRatio: 0, faults: [{ perWindow: 43_200, costRatios }] }, { seed: 1 })
  assert.ok(Number.isFinite(spent.at(-1)))
})
