import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { identify, isAlive } from './identity.ts'
import { terminate } from './terminate.ts'
import { fixture } from './testing/place.ts'

test('a group whose number another process leads by now is let alone; the one that was meant ends', async () => {
  const leader = spawn(process.execPath, [fixture('waits.js')], { detached: true, stdio: 'ignore' })
  const identity = identify(leader.pid)
  assert.ok(identity)
  try {
    await terminate([{ ...identity, startedAt: identity.startedAt - 1, group: true }], 200)
    assert.ok(isAlive(identity))
    await terminate([{ ...identity, group: true }], 2_000)
    assert.equal(isAlive(identity), false)
  } finally {
    leader.kill('SIGKILL')
  }
})
