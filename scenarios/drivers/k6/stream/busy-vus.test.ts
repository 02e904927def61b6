import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BusyVus } from './busy-vus.ts'

test('one is free until the last one is taken, and again when the first ends', () => {
  const vus = new BusyVus(2)
  vus.started(10)
  vus.started(20)
  vus.ended(30)
  vus.ended(40)
  assert.deepEqual(
    [15, 20, 21, 29, 30, 35].map((atUs) => vus.wasOneFree(atUs)),
    [true, true, false, false, true, true],
  )
})

test('who is asked late still knows, and a stretch that lasts has no end', () => {
  const vus = new BusyVus(1)
  for (const atUs of [10, 30, 50]) {
    vus.started(atUs)
    if (atUs < 50) vus.ended(atUs + 10)
  }
  assert.deepEqual(
    [5, 15, 25, 35, 45, 1e9].map((atUs) => vus.wasOneFree(atUs)),
    [true, false, true, false, true, false],
  )
})

test('whatever starts and ends, one was free when fewer than all were at work', () => {
  const moves = fc.array(fc.boolean(), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), moves, (most, starts) => {
      const vus = new BusyVus(most)
      let atWork = 0
      const expected: boolean[] = []
      for (const [at, isStart] of starts.entries()) {
        if (isStart && atWork < most) {
          vus.started(10 * at)
          atWork += 1
        } else if (!isStart && atWork > 0) {
          vus.ended(10 * at)
          atWork -= 1
        }
        expected.push(atWork < most)
      }
      assert.deepEqual(
        expected.map((_, at) => vus.wasOneFree(10 * at + 5)),
        expected,
      )
    }),
  )
})
