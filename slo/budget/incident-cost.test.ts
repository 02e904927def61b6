import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mulberry32 } from '../judge/statistics/mulberry32.ts'
import { type Incident, incidentCost } from './incident-cost.ts'

const costing = (costRatio: number, mostRatio = 0): Incident => ({
  ...{ costRatio, mostRatio, recoverMs: null, isOpen: false },
})

test('one drill costs what it cost, and up to 39 times that', () => {
  const { value, low, high } = incidentCost([costing(0.01)])
  assert.equal(value, 0.01)
  // −ln 0.025 = 3.689 and −ln 0.975 = 0.02532: an exponential is that far above or below its mean in 2.5 % each
  assert.ok(Math.abs((low ?? 0) - 0.01 / 3.6889) < 1e-6)
  assert.ok(Math.abs((high ?? 0) - 0.01 / 0.025318) < 1e-4)
})

test('where no drill broke the objective, what their counts leave possible is the bound', () => {
  assert.deepEqual(incidentCost([costing(0, 0.002), costing(0, 0.004)]), { value: 0, low: 0, high: 0.003 })
})

test('without a drill nothing is said', () => {
  assert.deepEqual(incidentCost([]), { value: null, low: null, high: null })
})

for (const drills of [1, 2, 5, 20])
  test(`of costs that are exponential, each bound over ${drills} drills is wrong in 2.5 %`, () => {
    const random = mulberry32(drills)
    const trials = 4000
    const wrong = { low: 0, high: 0 }
    for (let trial = 0; trial < trials; trial += 1) {
      const costs = Array.from({ length: drills }, () => -Math.log(1 - random()))
      const { low, high } = incidentCost(costs.map((cost) => costing(cost)))
      if ((low ?? 0) > 1) wrong.low += 1
      if ((high ?? 0) < 1) wrong.high += 1
    }
    const tolerance = 4 * Math.sqrt(0.025 * 0.975 * trials)
    assert.ok(Math.abs(wrong.low - 0.025 * trials) < tolerance, `too high: ${wrong.low} of ${trials}`)
    assert.ok(Math.abs(wrong.high - 0.025 * trials) < tolerance, `too low: ${wrong.high} of ${trials}`)
  })

test('thousands of drills have bounds close to their mean', () => {
  const { low, high } = incidentCost(Array.from({ length: 5000 }, () => costing(1)))
  assert.ok((low ?? 0) > 0.97 && (high ?? 9) < 1.03, `${low} to ${high}`)
})
