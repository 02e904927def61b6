import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localExec } from './local-exec.ts'

test('a process is alive until it has ended', async () => {
  const exec = localExec()
  const { pid = 0, stop } = exec.start({ file: 'sleep', args: ['60'] })
  assert.equal(exec.isAlive({ pid, startedAt: 0 }), true)
  await stop()
  assert.equal(exec.isAlive({ pid, startedAt: 0 }), false)
})
