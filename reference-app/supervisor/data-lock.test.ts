import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { readStartedAt } from '../platform/process-identity.ts'
import { isLeftBehind, lockData } from './data-lock.ts'

let folder = ''
let lockFile = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plaza-lock-'))
  lockFile = path.join(folder, 'supervisor.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('is taken once, and again after it was let go', () => {
  const unlock = lockData(lockFile)
  assert.throws(() => lockData(lockFile), new RegExp(`another Plaza, pid ${process.pid}`))
  unlock()
  lockData(lockFile)()
  assert.deepEqual(readdirSync(folder), [])
})

test('is taken over from a process that is gone, and from one whose pid another process has now', () => {
  for (const holder of [
    { pid: 2 ** 22, startedAt: 1 },
    { pid: process.pid, startedAt: (readStartedAt(process.pid) ?? 0) - 1 },
  ]) {
    writeFileSync(lockFile, JSON.stringify(holder))
    assert.ok(isLeftBehind(lockFile))
    const unlock = lockData(lockFile)
    assert.ok(!isLeftBehind(lockFile))
    unlock()
    assert.ok(!existsSync(lockFile))
  }
})

test('a lock that cannot be read is nobody’s', () => {
  writeFileSync(lockFile, '{"pid":')
  lockData(lockFile)()
})
