import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { until } from '../../reports/run/testing.ts'
import { commandLine, identify, isAlive, readStartedAt } from './identity.ts'
import { testFolder } from './testing/place.ts'

const folder = testFolder()

test('a process with a bracket and blanks in its name has the start time of the kernel', async () => {
  const program = join(folder, 'odd) S 1 (name')
  copyFileSync('/bin/sleep', program)
  const child = spawn(program, ['60'])
  try {
    await until('it runs', () => identify(child.pid) !== undefined)
    const plain = spawn('/bin/sleep', ['60'])
    await until('the plain one runs', () => identify(plain.pid) !== undefined)
    const ticks = (readStartedAt(plain.pid ?? 0) ?? 0) - (readStartedAt(child.pid ?? 0) ?? 0)
    plain.kill('SIGKILL')
    assert.ok(ticks >= 0 && ticks < 6_000, `${ticks} clock ticks between two processes started in a row`)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a zombie counts as gone', async () => {
  // The shell becomes the sleep, which never asks how its child ended: that one stays a zombie.
  const parent = spawn('/bin/sh', ['-c', 'exec 3<&0; /bin/cat <&3 & echo $!; exec /bin/sleep 60'])
  try {
    const [line] = await once(parent.stdout, 'data')
    await until('the shell is the sleep', () => commandLine(parent.pid ?? 0).startsWith('/bin/sleep'))
    parent.stdin.end()
    await until('the child is a corpse', () => readStartedAt(Number(line)) === undefined)
    assert.doesNotThrow(() => process.kill(Number(line), 0), 'the kernel still knows it')
  } finally {
    parent.kill('SIGKILL')
  }
})

test('a live pid with another start time is not the process that was meant', async () => {
  const me = identify(process.pid)
  assert.ok(me !== undefined && isAlive(me))
  assert.equal(isAlive({ ...me, startedAt: me.startedAt - 1 }), false)
})
