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

/** The least count that so many windows do not exceed: the probabilities added up one by one, e⁻ᵐ·mᵏ/k!. */
function exactQuantile(mean: number, quantile: number): number {
  let [count, probability] = [0, Math.exp(-mean)]
  for (let below = probability; below < quantile; below += probability) probability *= mean / ++count
  return count
}

const WEEKLY: readonly [perWindow: number, median: number, p95: number][] = [
  [4, 4, 8],
  [1, 1, 3],
  [0.3, 0, 1],
  [20, 20, 28],
]

for (const [perWindow, median, p95] of WEEKLY)
  test(`of one incident ${perWindow} times a window, half of them have ${median} at most and 95 % ${p95}, whatever the seed`, () => {
    for (const quantile of [0.5, 0.95])
      assert.equal(exactQuantile(perWindow, quantile), quantile === 0.5 ? median : p95)
    for (let seed = 1; seed <= 12; seed += 1) {
      // the drills that broke nothing take none of the rate's cost with them
      const faults = [{ perWindow: perWindow * 2, costRatios: [0.01, 0] }]
      const { medianSpentRatio, p95SpentRatio } = summarize(
        simulateWindows({ steadyRatio: 0, faults }, { seed }),
      )
      assert.deepEqual([medianSpentRatio, p95SpentRatio], [median * 0.01, p95 * 0.01])
    }
  })

const cumulative = (mean: number, count: number): number => {
  let [sum, probability] = [0, Math.exp(-mean)]
  for (let n = 0; n <= count; probability *= mean / ++n) sum += probability
  return sum
}

test('of one incident the quantiles are those of Poisson, and it lasts in their share, to half a window', () =>
  fc.assert(
    fc.property(fc.double({ min: 0, max: 60, noNaN: true }), seed, (perWindow, seed) => {
      const faults = [{ perWindow, costRatios: [0.125] }]
      const spent = simulateWindows({ steadyRatio: 0, faults }, { seed, windows: 1000 })
      const { p95SpentRatio, lastsRatio } = summarize(spent)
      const halfWindow = 0.5001 / 1000
      const possible = [0.95 - halfWindow, 0.95].map((quantile) => exactQuantile(perWindow, quantile) * 0.125)
      assert.ok(possible.includes(p95SpentRatio), `${p95SpentRatio} is none of ${possible}`)
      assert.ok(Math.abs(lastsRatio - cumulative(perWindow, 8)) <= halfWindow, `lasts in ${lastsRatio}`)
    }),
  ))

const mass = (mean: number, count: number): number =>
  cumulative(mean, count) - (count === 0 ? 0 : cumulative(mean, count - 1))

/** The share of windows that spend no more, of two incidents that come on their own: all pairs of counts added up. */
function shareWithin(ratio: number, [one, other]: readonly [FaultCosts, FaultCosts]): number {
  const most = Math.floor(ratio / one.costRatios[0]!)
  const counts = Array.from({ length: most + 1 }, (_, count) => count)
  return sum(
    counts.map((count) => {
      const left = Math.floor((ratio - count * one.costRatios[0]!) / other.costRatios[0]!)
      return mass(one.perWindow, count) * cumulative(other.perWindow, left)
    }),
  )
}

test('faults come independently of each other: the budget lasts in as many windows as all pairs of counts say', () => {
  const faults = [
    { perWindow: 4, costRatios: [0.125] },
    { perWindow: 2, costRatios: [0.1875] },
  ] as const
  const exact = shareWithin(1, faults)
  for (let seed = 1; seed <= 12; seed += 1) {
    const { lastsRatio } = summarize(simulateWindows({ steadyRatio: 0, faults }, { seed }))
    // four standard errors of 10,000 windows that were all left to chance
    const tolerance = 4 * Math.sqrt((exact * (1 - exact)) / 10_000)
    assert.ok(Math.abs(lastsRatio - exact) < tolerance, `${lastsRatio} is not ${exact}`)
  }
})

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
  // P(N ≤ 2) = (1 + 1 + 1/2)/e = 0.91970
  assert.equal(summarize(spent).lastsRatio, 0.9197)
  assert.equal(summarize(spent).medianSpentRatio, 0.5)
  assert.equal(summarize(spent).p95SpentRatio, 1.5)
})

test('thousands of incidents, and one a minute, come to an end', () => {
  const costRatios = Array.from({ length: 3000 }, (_, n) => n * 1e-9)
  const spent = simulateWindows({ steadyRatio: 0, faults: [{ perWindow: 43_200, costRatios }] }, { seed: 1 })
  assert.ok(Number.isFinite(spent.at(-1)))
})
