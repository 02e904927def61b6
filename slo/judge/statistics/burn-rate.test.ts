import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Counts } from './bad-ratio.ts'
import { BURN_RATE_ALERTS, burnRate, isFiring, leastBurnRate } from './burn-rate.ts'
import { atMost } from './testing/binomial.ts'

const rows: readonly (readonly [bad: number, events: number, target: number, rate: number | null])[] = [
  [1, 1000, 0.999, 1],
  [144, 10_000, 0.999, 14.4],
  [10, 10, 0.999, 1000],
  [0, 10, 0.999, 0],
  [0, 0, 0.999, null],
]
for (const [bad, events, target, rate] of rows)
  test(`${bad} bad of ${events} burn the budget of ${target} at ${rate}`, () => {
    const actual = burnRate({ events, bad }, target)
    if (rate === null) return assert.equal(actual, null)
    assert.ok(actual !== null && Math.abs(actual - rate) < 1e-9)
  })

test('a page of the fast alert has spent 2 % of a 30-day budget in its long window, and of the slow one 5 %', () => {
  const spent = BURN_RATE_ALERTS.map(({ burnRate: rate, longMs }) => (rate * longMs) / (30 * 86_400_000))
  assert.deepEqual(
    spent.map((share) => Number(share.toFixed(9))),
    [0.02, 0.05, 0.1, 0.1],
  )
})
test('each short window is a twelfth of its long one', () => {
  for (const { longMs, shortMs } of BURN_RATE_ALERTS) assert.equal(longMs, 12 * shortMs)
})

test('so many bad events have a chance of at most α at the least burn rate', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (events, some) => {
      const bad = Math.min(some, events)
      const least = leastBurnRate({ events, bad }, 0.9)
      assert.ok(least !== null && least <= (burnRate({ events, bad }, 0.9) ?? 0))
      assert.ok(Math.abs(1 - atMost(bad - 1, events, least * (1 - 0.9)) - 0.025) < 1e-6)
    }),
  ))

/** The second in which the fast page comes, on a clock of our own: an hour of good service, then a total outage. */
function pagedAfter(perSecond: number): number {
  const page = BURN_RATE_ALERTS[0]!
  const windowed = (outageSeconds: number, windowMs: number): Counts => ({
    events: (windowMs / 1000) * perSecond,
    bad: Math.min(outageSeconds, windowMs / 1000) * perSecond,
  })
  for (let second = 1; second < 3600; second += 1) {
    const windows = {
      long: windowed(second, page.longMs),
      short: windowed(second, page.shortMs),
      target: 0.999,
    }
    if (isFiring(page, windows)) return second
  }
  return Number.NaN
}

test('a total outage at 99.9 % pages in 52 s', () => assert.equal(pagedAfter(10_000), 52))
test('at 1,000/s in 53 s, and at 1/s in 67 s: a chance of 2.5 % is ruled out first', () => {
  assert.equal(pagedAfter(1_000), 53)
  assert.equal(pagedAfter(1), 67)
})

test('one bad request of the only ten of an hour pages nobody', () => {
  const few = { events: 10, bad: 1 }
  assert.ok(burnRate(few, 0.999)! > 14.4)
  assert.ok(!isFiring(BURN_RATE_ALERTS[0]!, { long: few, short: { events: 1, bad: 1 }, target: 0.999 }))
})
test('an outage that is over pages no more', () => {
  const long = { events: 3_600_000, bad: 600_000 }
  assert.ok(!isFiring(BURN_RATE_ALERTS[0]!, { long, short: { events: 300_000, bad: 0 }, target: 0.999 }))
})
test('windows without events, or with counts that are no numbers, fire nothing', () => {
  for (const long of [
    { events: 0, bad: 0 },
    { events: Number.NaN, bad: Number.NaN },
  ])
    for (const alert of BURN_RATE_ALERTS) assert.ok(!isFiring(alert, { long, short: long, target: 0.999 }))
})
