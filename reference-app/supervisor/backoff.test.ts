import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Backoff } from './backoff.ts'

test('waits 250 ms, then twice as long each time, and never longer than 10 s', () => {
  const backoff = new Backoff()
  const delays = Array.from({ length: 8 }, () => backoff.delayAfter(0))
  assert.deepEqual(delays, [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
})

test('starts from 250 ms again after 30 s of health, and not after less', () => {
  const backoff = new Backoff()
  backoff.delayAfter(0)
  assert.equal(backoff.delayAfter(29_999), 500)
  assert.equal(backoff.delayAfter(30_000), 250)
})
