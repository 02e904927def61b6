import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { mock, test } from 'node:test'
import { followLease } from './lease.ts'

const LEASE_MS = 1000

function lease() {
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout'] })
  const input = new PassThrough()
  let expired = 0
  const onExpired = () => {
    expired += 1
  }
  const followed = followLease({ input, leaseMs: LEASE_MS, onExpired })
  const line = async (text: string) => {
    input.write(text)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { input, followed, line, expired: () => expired }
}

test('a lease that nobody renews runs out once, and is not held any more', () => {
  const { followed, expired } = lease()
  mock.timers.tick(LEASE_MS - 1)
  assert.equal(followed.isHeld(), true)
  mock.timers.tick(1)
  assert.deepEqual([followed.isHeld(), expired()], [false, 1])
})

test('each line renews it for its whole length, and a part of a line does not', async () => {
  const { line, expired } = lease()
  mock.timers.tick(900)
  await line('\n')
  mock.timers.tick(900)
  assert.equal(expired(), 0)
  await line('half a line')
  mock.timers.tick(100)
  assert.equal(expired(), 1)
})

test('a line after it ran out makes it held again, and it can run out again', async () => {
  const { followed, line, expired } = lease()
  mock.timers.tick(LEASE_MS)
  await line('\n')
  assert.equal(followed.isHeld(), true)
  mock.timers.tick(LEASE_MS)
  assert.deepEqual([followed.isHeld(), expired()], [false, 2])
})

test('when the input closes it is not held, and whoever waits for that is told', async () => {
  const { input, followed } = lease()
  input.resume().end()
  await followed.over
  assert.equal(followed.isHeld(), false)
  mock.timers.reset()
})
