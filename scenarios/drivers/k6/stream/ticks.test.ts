import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Ticks } from './ticks.ts'

const T0_US = 1_795_232_000_000_000
const END = Number.POSITIVE_INFINITY

/** What is handed out at a moment: its name and how late it was, in ms. */
function settled(ticks: Ticks<string>, nowUs: number): [name: string, latenessMs: number][] {
  const placed: [string, number][] = []
  ticks.settle(nowUs, (what, _, latenessMs) => placed.push([what, latenessMs]))
  return placed
}

/** A rate that does not change, for an hour. */
const steady = (perSecond: number) => [
  { fromPerSecond: perSecond, toPerSecond: perSecond, durationMs: 3_600_000 },
]

/** Lateness in ms by name; each start is [name, ms after the first tick], in the order in which the rows came. */
function latenessOf(ratePerSecond: number, starts: readonly (readonly [name: string, atMs: number])[]) {
  const ticks = new Ticks<string>(steady(ratePerSecond))
  for (const [name, atMs] of starts) ticks.add(T0_US + atMs * 1000, name)
  return Object.fromEntries(settled(ticks, END))
}

const CASES = [
  {
    because: 'a generator in time is never late',
    starts: [
      ['a', 0],
      ['b', 100],
      ['c', 200],
    ],
    late: { a: 0, b: 0, c: 0 },
  },
  {
    because: 'after a stall the iterations that pile up are late by what they waited',
    starts: [
      ['a', 0],
      ['b', 350],
      ['c', 351],
      ['d', 352],
      ['e', 400],
    ],
    late: { a: 0, b: 250, c: 151, d: 52, e: 0 },
  },
  {
    because: 'a dropped iteration takes its tick: without it the next would seem to be early',
    starts: [
      ['a', 0],
      ['dropped', 100],
      ['c', 200],
      ['d', 330],
    ],
    late: { a: 0, dropped: 0, c: 0, d: 30 },
  },
  {
    because: 'rows that came out of order are ranked by their time',
    starts: [
      ['a', 0],
      ['c', 200],
      ['b', 100],
    ],
    late: { a: 0, b: 0, c: 0 },
  },
  {
    because: 'when the first start was late, a later one in time tells where the ticks are',
    starts: [
      ['a', 0],
      ['b', 60],
      ['c', 160],
    ],
    late: { a: 0, b: 0, c: 0 },
  },
] as const

for (const { because, starts, late } of CASES)
  test(because, () => {
    assert.deepEqual(latenessOf(10, starts), late)
  })

test('the origin that a later start reveals holds from then on', () => {
  const late = latenessOf(10, [
    ['a', 0],
    ['b', 60],
    ['c', 180],
  ])
  assert.deepEqual(late, { a: 0, b: 0, c: 20 })
})

test('a rank that may still change is not handed out', () => {
  const ticks = new Ticks<string>(steady(10))
  ticks.add(T0_US, 'a')
  ticks.add(T0_US + 100_000, 'b')
  assert.deepEqual(
    settled(ticks, T0_US + 199_999).map(([what]) => what),
    [],
  )
  assert.deepEqual(
    settled(ticks, T0_US + 250_000).map(([what]) => what),
    ['a'],
  )
})

test('whatever stalls happen, each start gets the tick it was due at', () => {
  const delaysMs = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true })), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.constantFrom(3, 7, 10, 30), delaysMs, (ratePerSecond, delays) => {
      // k6 works through the ticks in order: a start waits for its tick, and for the start before it.
      let readyMs = 0
      const starts = [0, ...delays].map((delayMs, tick) => {
        readyMs = Math.max(readyMs, (tick * 1000) / ratePerSecond) + delayMs
        return readyMs
      })
      const late = latenessOf(
        ratePerSecond,
        starts.map((atMs, tick) => [`${tick}`, atMs] as const),
      )
      for (const [tick, atMs] of starts.entries()) {
        const latenessMs = late[`${tick}`]!
        assert.ok(latenessMs >= 0)
        assert.ok(Math.abs(latenessMs - (atMs - (tick * 1000) / ratePerSecond)) < 0.001)
      }
    }),
  )
})

test('what is left of the ticks are those that nothing has taken, waiting for its rank or not', () => {
  const ticks = new Ticks<string>(steady(1 / 3))
  assert.equal(ticks.left, 1200)
  for (const second of [0, 3, 6]) ticks.add(T0_US + second * 1e6, 'start')
  assert.equal(ticks.left, 1197)
  settled(ticks, END)
  assert.equal(ticks.left, 1197)
})

test('one start more than were due, at the very end, is not late and moves no other', () => {
  const ticks = new Ticks<string>([{ fromPerSecond: 0, toPerSecond: 2, durationMs: 2000 }])
  // due when the area under the ramp is 1 and 2: after √2 and 2 s
  for (const [name, atMs] of [
    ['a', 0],
    ['b', 2000 - 1000 * Math.SQRT2],
    ['more', 2000 - 1000 * Math.SQRT2 + 1],
  ] as const)
    ticks.add(T0_US + atMs * 1000, name)
  const placed = settled(ticks, END).map(([what, latenessMs]) => [what, Math.round(latenessMs * 1000)])
  assert.deepEqual(placed, [
    ['a', 0],
    ['b', 0],
    ['more', 0],
  ])
})
