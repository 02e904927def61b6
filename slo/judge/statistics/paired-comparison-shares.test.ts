import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ALPHA, type Counts } from './bad-ratio.ts'
import { mulberry32 } from './mulberry32.ts'
import {
  fewestClean,
  growthNeeded,
  isNoWorse,
  isWorse,
  type Sides,
  shareDifference,
} from './paired-comparison-shares.ts'

const TOLERANCE = 0.01

const counts = fc
  .integer({ min: 1, max: 5_000 })
  .chain((events) => fc.record({ events: fc.constant(events), bad: fc.integer({ min: 0, max: events }) }))

test('the difference lies within its bounds, and both within what a difference can be', () =>
  fc.assert(
    fc.property(counts, counts, (base, head) => {
      const { value, low, high } = shareDifference({ base, head })!
      assert.ok(low <= value && value <= high)
      assert.ok(low >= -1 - 1e-9 && high <= 1 + 1e-9)
    }),
  ))

test('swapped sides give the same interval, turned over', () =>
  fc.assert(
    fc.property(counts, counts, (base, head) => {
      const [one, other] = [shareDifference({ base, head })!, shareDifference({ base: head, head: base })!]
      assert.ok(Math.abs(one.low + other.high) < 1e-12 && Math.abs(one.high + other.low) < 1e-12)
    }),
  ))

test('one more bad event of the head never makes it look better', () =>
  fc.assert(
    fc.property(counts, counts, (base, { events, bad }) => {
      if (bad === events) return
      const [less, more] = [bad, bad + 1].map((k) => shareDifference({ base, head: { events, bad: k } })!)
      assert.ok(more!.low >= less!.low - 1e-12 && more!.high >= less!.high - 1e-12)
    }),
  ))

// ln 0.025 / ln 0.99 = 367.04: with as many clean ones on each side 1 % is ruled out.
const clean: readonly (readonly [events: number, decided: boolean])[] = [
  [366, false],
  [368, true],
]
for (const [events, decided] of clean)
  test(`none bad of ${events} a side ${decided ? 'rules' : 'does not rule'} out 1 % more`, () => {
    assert.equal(isNoWorse({ base: { events, bad: 0 }, head: { events, bad: 0 } }, TOLERANCE), decided)
  })

test('the fewest clean events decide, and one less does not', () =>
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (tolerance) => {
      const decides = (events: number): boolean =>
        isNoWorse({ base: { events, bad: 0 }, head: { events, bad: 0 } }, tolerance * (1 + 1e-9))
      const fewest = fewestClean(tolerance)
      assert.ok(decides(fewest))
      assert.ok(fewest === 1 || !decides(fewest - 1))
    }),
  ))

test('no events decide nothing', () => {
  const none = { base: { events: 0, bad: 0 }, head: { events: 10_000, bad: 0 } }
  assert.deepEqual([isWorse(none, TOLERANCE), isNoWorse(none, TOLERANCE)], [false, false])
})

/** How often a verdict is given when the head is worse by exactly the tolerance, so that each verdict is wrong. */
function wrongVerdicts(baseRatio: number, events: number): { worse: number; noWorse: number } {
  const random = mulberry32(events)
  const draw = (ratio: number) => {
    let bad = 0
    for (let n = 0; n < events; n += 1) if (random() < ratio) bad += 1
    return { events, bad }
  }
  let [worse, noWorse] = [0, 0]
  for (let trial = 0; trial < 4_000; trial += 1) {
    const sides: Sides<Counts> = { base: draw(baseRatio), head: draw(baseRatio + TOLERANCE) }
    if (isWorse(sides, TOLERANCE)) worse += 1
    if (isNoWorse(sides, TOLERANCE)) noWorse += 1
  }
  return { worse: worse / 4_000, noWorse: noWorse / 4_000 }
}

// Three standard errors of a share of 2.5 % among 4,000 drawn comparisons are 0.75 %.
for (const [baseRatio, events] of [
  [0, 400],
  [0.01, 400],
  [0.05, 1_000],
] as const)
  test(`at the very tolerance, above ${baseRatio}, each verdict is wrong in at most 2.5 % of comparisons`, () => {
    const { worse, noWorse } = wrongVerdicts(baseRatio, events)
    assert.ok(worse <= ALPHA + 0.0075, `worse: ${worse}`)
    assert.ok(noWorse <= ALPHA + 0.0075, `no worse: ${noWorse}`)
  })

test('the growth that would decide does decide, and a step less does not', () => {
  const sides = { base: { events: 200, bad: 1 }, head: { events: 200, bad: 1 } }
  const growth = growthNeeded(sides, TOLERANCE)
  assert.ok(growth !== null && growth > 1)
  const grown = (by: number) => ({ events: 200 * by, bad: by })
  assert.ok(isNoWorse({ base: grown(growth), head: grown(growth) }, TOLERANCE))
  assert.ok(!isNoWorse({ base: grown(growth - 1), head: grown(growth - 1) }, TOLERANCE))
})

test('two ratios that lie the tolerance apart are never decided', () => {
  const sides = { base: { events: 1_000, bad: 10 }, head: { events: 1_000, bad: 20 } }
  assert.equal(growthNeeded(sides, TOLERANCE), null)
})
