import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startLease } from './lease.ts'

test('a lease that nobody renews ends, and one that is renewed does not', async () => {
  const kept = startLease(300)
  const beat = setInterval(() => kept.renew(300), 20)
  const first = await Promise.race([
    startLease(300).expired.then(() => 'left'),
    kept.expired.then(() => 'kept'),
  ])
  assert.equal(first, 'left')
  clearInterval(beat)
  await kept.expired
})

test('whoever stood still hears what was said meanwhile before he takes it for an end', async () => {
  const lease = startLease(200)
  let hasEnded = false
  void lease.expired.then(() => {
    hasEnded = true
  })
  const until = performance.now() + 500
  while (performance.now() < until); // as if it had been stopped
  setImmediate(() => lease.renew(200))
  await pause(150)
  assert.equal(hasEnded, false)
  await lease.expired
})

test('one that is renewed for less than it had left ends sooner', async () => {
  const lease = startLease(1e6)
  lease.renew(10)
  await lease.expired
})
