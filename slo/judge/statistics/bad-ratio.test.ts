import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ALPHA, isBroken, isKept, lowerBound, upperBound } from './bad-ratio.ts'
import { atMost } from './testing/binomial.ts'

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-6 * Math.max(expected, 1e-3), `${actual} is not ${expected}`)

// One-sided bounds at 97.5 %, found by bisection on sums of binomial terms.
const rows: readonly (readonly [bad: number, events: number, low: number, high: number])[] = [
  [0, 10, 0, 0.3084971],
  [1, 10, 0.002528579, 0.4450161],
  [5, 10, 0.187086, 0.812914],
  [10, 10, 0.6915029, 1],
  [3, 3000, 0.000206271537, 0.00291961647],
]
for (const [bad, events, low, high] of rows)
  test(`${bad} bad of ${events} leave a bad ratio of ${low} to ${high} possible`, () => {
    close(lowerBound({ bad, events }), low)
    close(upperBound({ bad, events }), high)
  })

const counted = fc
  .integer({ min: 1, max: 400 })
  .chain((events) => fc.record({ events: fc.constant(events), bad: fc.integer({ min: 0, max: events }) }))
const ratio = fc.double({ min: 0.001, max: 0.9, noNaN: true })

test('kept means that so few bad ones have a chance of at most α when the ratio is just broken', () =>
  fc.assert(
    fc.property(counted, ratio, (counts, allowed) => {
      const chance = atMost(counts.bad, counts.events, allowed)
      if (Math.abs(chance - ALPHA) > 1e-9) assert.equal(isKept(counts, allowed), chance <= ALPHA)
    }),
  ))

test('broken means that so many bad ones have a chance of less than α when the ratio is just kept', () =>
  fc.assert(
    fc.property(counted, ratio, (counts, allowed) => {
      const chance = 1 - atMost(counts.bad - 1, counts.events, allowed)
      if (Math.abs(chance - ALPHA) > 1e-9) assert.equal(isBroken(counts, allowed), chance < ALPHA)
    }),
  ))

test('nothing is kept and broken at once, and one more bad event never helps', () =>
  fc.assert(
    fc.property(counted, ratio, ({ events, bad }, allowed) => {
      assert.ok(!(isKept({ events, bad }, allowed) && isBroken({ events, bad }, allowed)))
      if (bad < events && isKept({ events, bad: bad + 1 }, allowed))
        assert.ok(isKept({ events, bad }, allowed))
    }),
  ))

test('no events neither keep nor break anything', () => {
  assert.equal(isKept({ events: 0, bad: 0 }, 0.99), false)
  assert.equal(isBroken({ events: 0, bad: 0 }, 0.01), false)
})
