import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from './clock.ts'

const clock = createClock()

test('time is in whole microseconds since 1970 and never goes back', () => {
  const readings = Array.from({ length: 10_000 }, () => clock.nowUs())
  assert.ok(readings.every((atUs, index) => Number.isSafeInteger(atUs) && atUs >= (readings[index - 1] ?? 0)))
  assert.equal(new Date((readings[0] ?? 0) / 1000).getUTCFullYear(), new Date().getUTCFullYear())
})

test('a wait ends when its time is over, and not before', async () => {
  const beganUs = clock.nowUs()
  await clock.wait(30)
  assert.ok(clock.nowUs() - beganUs >= 29_000)
})

test('a wait rejects with the reason of the signal as soon as it aborts', async () => {
  const controller = new AbortController()
  const waiting = clock.wait(3_600_000, controller.signal)
  controller.abort(new Error('Ctrl-C'))
  await assert.rejects(waiting, /Ctrl-C/)
  await assert.rejects(clock.wait(1, controller.signal), /Ctrl-C/)
})
