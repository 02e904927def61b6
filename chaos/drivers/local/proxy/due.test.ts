import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DueQueue } from './due.ts'

test('what is due first runs first, in whatever order it was asked for, and never early', async () => {
  const due = new DueQueue()
  const beganMs = due.nowMs()
  const ran: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const afterMs of [9.5, 3, 12, 0, 6.2, 3.1])
    due.at(beganMs + afterMs, () => {
      assert.ok(due.nowMs() >= beganMs + afterMs)
      if (ran.push(afterMs) === 6) resolve()
    })
  await promise
  assert.deepEqual(ran, [0, 3, 3.1, 6.2, 9.5, 12])
})

test('what is taken back never runs, and keeps nothing else from its time', async () => {
  const due = new DueQueue()
  const takeBack = due.at(due.nowMs() + 2, () => assert.fail('it ran'))
  const { promise, resolve } = Promise.withResolvers<void>()
  due.at(due.nowMs() + 5, resolve)
  takeBack()
  await promise
})
