import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plannedLoad } from './fixtures/k6.ts'
import { toK6Options } from './options.ts'

test('a scenario waits at its end for the longest request and five seconds', () => {
  const load = plannedLoad({
    name: 'search-nearby',
    journey: 'x.k6.ts',
    ratePerSecond: 100,
    durationMs: 85_000,
    vus: 1000,
    requestTimeoutMs: 10_000,
    environment: { A: 'b' },
  })
  assert.deepEqual(toK6Options([load]).scenarios['search-nearby'], {
    executor: 'constant-arrival-rate',
    exec: 'scenario_search_nearby',
    rate: 100,
    timeUnit: '1s',
    duration: '85000ms',
    preAllocatedVUs: 1000,
    maxVUs: 1000,
    gracefulStop: '15000ms',
    env: { A: 'b' },
  })
})

const RATES = [
  { ratePerSecond: 40, rate: 40, timeUnit: '1s', because: 'a whole rate stays as it is' },
  { ratePerSecond: 0.5, rate: 1, timeUnit: '2s', because: 'k6 refuses fractions: one in two seconds' },
  { ratePerSecond: 2.25, rate: 225, timeUnit: '100s', because: 'the shortest unit that makes it whole' },
  {
    ratePerSecond: 1 / 3,
    rate: 333,
    timeUnit: '1000s',
    because: 'what no unit makes whole is rounded to a thousandth',
  },
]
for (const { ratePerSecond, rate, timeUnit, because } of RATES)
  test(because, () => {
    const options = toK6Options([plannedLoad({ name: 'a', journey: '', ratePerSecond, durationMs: 1 })])
    assert.deepEqual([options.scenarios['a']?.rate, options.scenarios['a']?.timeUnit], [rate, timeUnit])
  })
