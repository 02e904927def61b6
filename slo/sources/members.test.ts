import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ordersOf, runWith } from '../judge/testing/run.ts'
import { belongs, membersOf } from './members.ts'

const within = { withinMs: 60_000 }
type Row = readonly [
  what: string,
  doneAfterMs: number | null,
  askedMs: number,
  done: boolean | undefined,
  late: boolean | undefined,
]

const rows: readonly Row[] = [
  ['done in time is done', 800, 160_000, true, false],
  ['done on the limit is done', 60_000, 160_000, true, false],
  ['done after the limit is late', 60_001, 160_000, false, true],
  ['open after the limit is late', null, 160_000, false, true],
  ['open before the limit is not decided', null, 30_000, undefined, undefined],
]
for (const [what, doneAfterMs, askedMs, done, late] of rows)
  test(`an order ${what}`, () => {
    const [member] = membersOf('orders', runWith(ordersOf(() => ({ doneAfterMs, effects: 1 }), { askedMs })))
    assert.equal(belongs(member!, { outcome: 'done', ...within }), done)
    assert.equal(belongs(member!, { outcome: 'late', ...within }), late)
  })

test('an order that the target does not know is lost, and neither done nor late', () => {
  const [member] = membersOf('orders', runWith(ordersOf(() => undefined)))
  const outcomes = ['known', 'done', 'late', 'lost', 'twice']
  assert.deepEqual(
    outcomes.map((outcome) => belongs(member!, { outcome, ...within })),
    [false, false, false, true, false],
  )
})

test('an order of another scenario belongs to no measure that names one', () => {
  const [member] = membersOf('orders', runWith(ordersOf(() => undefined)))
  const { scenario } = member!.ack
  assert.equal(belongs(member!, { outcome: 'lost', scenario }), true)
  assert.equal(belongs(member!, { outcome: 'lost', scenario: 'another' }), false)
})

const rowsOf = (...doneAfterMs: readonly (number | null)[]) => {
  const { acks, facts } = ordersOf()
  const { atUs } = acks[0]!
  const twice = doneAfterMs.map((ms) => ({
    ...{ ...facts[0]!, effects: 1, doneAtUs: ms === null ? null : atUs + ms * 1000 },
  }))
  return membersOf('orders', runWith({ acks, facts: [...twice, ...facts.slice(1)] }))[0]!
}

test('an order that the target holds in two rows took effect as often as both together', () => {
  assert.equal(belongs(rowsOf(800, 900), { outcome: 'twice' }), true)
  assert.equal(belongs(rowsOf(800), { outcome: 'twice' }), false)
})

test('an order that the target holds in two rows is done when the first of them is', () => {
  for (const doneAfterMs of [
    [800, 90_000],
    [90_000, 800],
    [null, 800],
    [800, null],
  ])
    assert.equal(belongs(rowsOf(...doneAfterMs), { outcome: 'done', ...within }), true)
  assert.equal(belongs(rowsOf(null, null), { outcome: 'late', ...within }), true)
})
