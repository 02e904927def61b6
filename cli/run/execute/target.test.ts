import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpReply } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { openTarget } from './target.ts'

const STANDING = {
  description: { name: 'shop', version: '1', addresses: { gateway: 'http://127.0.0.1:8080' } },
  ready: { address: 'gateway', path: '/health' },
}
const HERE: HttpReply = { status: 200, body: 'ok' }
const GONE: HttpReply = { status: null, reason: 'connection refused' }

/** What is said while a target is opened that answers the n-th time it is asked. */
async function saidUntil(answer: number): Promise<readonly string[]> {
  let asked = 0
  const { context, recorded } = fakeContext({ reply: () => (++asked < answer ? GONE : HERE) })
  await openTarget({ config: STANDING }, { ...context, clock: { ...context.clock, wait: async () => {} } })
  return recorded.lines
}

test('a target that is waited for is named, with how long it has', async () => {
  assert.deepEqual(await saidUntil(2), [
    'waiting for http://127.0.0.1:8080/health, at most 2 min: connection refused',
  ])
})

test('one that answers at once is not waited for', async () => {
  assert.deepEqual(await saidUntil(1), [])
})
