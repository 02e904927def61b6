import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BlockSchedule } from '../../../reports/run/index.ts'
import type { SideLoad } from './blocked-options.ts'
import { blocksOf, drawSchedule } from './schedule.ts'
import { startLateness } from './start-lateness.ts'

const load = (ratePerSecond: number): Pick<SideLoad, 'side' | 'rate'> => ({
  side: 'head',
  rate: { rate: ratePerSecond, seconds: 1 },
})

/** Ticks as k6 gives them: the area under the rate reaches a whole number. */
function ticksMs(ratePerSecond: number, { blockMs, loadMs, ...rest }: BlockSchedule): number[] {
  const ticks: number[] = []
  let area = 0
  for (const { index, side } of blocksOf({ blockMs, loadMs, ...rest })) {
    if (side !== 'head') continue
    const after = area + (ratePerSecond * loadMs) / 1000
    for (let tick = Math.floor(area + 1e-9) + 1; tick <= after + 1e-9; tick += 1)
      ticks.push(index * blockMs + ((tick - area) / ratePerSecond) * 1000)
    area = after
  }
  return ticks
}

const schedules = fc
  .integer({ min: 200, max: 2_000 })
  .map((blockMs) => drawSchedule({ seed: 2, pairs: 30, blockMs }))

test('a generator that is always on time, but for a clock that is off, is never late', () =>
  fc.assert(
    fc.property(
      schedules,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: -20, max: 20 }),
      (schedule, rate, off) => {
        const starts = ticksMs(rate, schedule).map((ms) => ms + off)
        for (const late of startLateness(starts, load(rate), schedule))
          assert.ok(late < 1e-3, `${late} ms late`)
      },
    ),
  ))

test('a tick where two blocks meet may come at the start of the second one', () => {
  const schedule = { ...drawSchedule({ seed: 2, pairs: 30, blockMs: 200 }), loadMs: 100 }
  const own = blocksOf(schedule).filter(({ side }) => side === 'head')
  // 20/s for 100 ms: the second tick of each block is due at its very end
  const starts = own.flatMap(({ index }, n) => {
    const next = own[n + 1]
    return [index * 200 + 50, next === undefined || n % 2 === 0 ? index * 200 + 100 : next.index * 200]
  })
  for (const late of startLateness(starts, load(20), schedule)) assert.ok(late < 1e-3, `${late} ms late`)
})

test('one start that is late is late by as much, and the others are not', () => {
  const schedule = drawSchedule({ seed: 2, pairs: 30, blockMs: 1_000 })
  const starts = ticksMs(100, schedule).map((ms, n) => (n === 500 ? ms + 7 : ms))
  const late = startLateness(starts, load(100), schedule).toSorted((a, b) => b - a)
  assert.ok(Math.abs(late[0]! - 7) < 1e-6)
  assert.ok(late[1]! < 1e-6)
})

test('a whole block that begins late is late, each of its starts', () => {
  const schedule = drawSchedule({ seed: 2, pairs: 30, blockMs: 1_000 })
  const held = blocksOf(schedule).find(({ index, side }) => index > 5 && side === 'head')!.index * 1000 + 300
  const starts = ticksMs(100, schedule).map((ms) => (ms > held - 300 && ms < held ? held : ms))
  const late = startLateness(starts, load(100), schedule)
  assert.ok(late.filter((ms) => ms > 10).length > 25)
})

test('no starts are not late', () => {
  assert.deepEqual(startLateness([], load(10), drawSchedule({ seed: 1, pairs: 30, blockMs: 500 })), [])
})
