import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HeldUndo } from '../../../reports/run/index.ts'
import { until } from '../../../reports/run/testing.ts'
import { identify } from '../identity.ts'
import { testFolder, testRunId } from '../testing/place.ts'
import { startGuardian } from './guardian.ts'
import { leaseFile, readLease } from './lease-file.ts'

const folder = testFolder()
const runId = testRunId()
const leasePath = join(folder, 'leases', `${runId}.json`)
const place = { runId, journalPath: join(folder, 'journal.ndjson'), scratch: join(folder, 'scratch') }
const me = { run: runId, ...identify(process.pid)!, guardians: [], leaseMs: 30_000, scratch: place.scratch }

/** Nobody has this pid: it is done at once. */
const undoOf = (name: string, method?: 'PUT'): HeldUndo => ({
  kind: 'switch',
  switch: name,
  undo:
    method === undefined
      ? {
          kind: 'signal',
          victim: { name, pid: 2 ** 22 - 1, startedAt: 1 },
          signal: 'SIGCONT',
          does: `undo ${name}`,
        }
      : { method, url: 'http://127.0.0.1:1/', does: `undo ${name}` },
})
const idsIn = (path: string) => readLease(path)?.held.map(({ id }) => id)

test('what is held stands on disk with its owner and its guardians before hold returns, until it is released', async () => {
  const guardian = await startGuardian({ ...place, leasePath, standIn: true })
  assert.equal(readLease(leasePath), undefined)
  const first = await guardian.hold(undoOf('first'))
  const second = await guardian.hold(undoOf('second'))
  const lease = readLease(leasePath)
  assert.deepEqual(lease?.held[1], { id: second, undo: undoOf('second') })
  assert.deepEqual([lease?.run, lease?.pid, lease?.leaseMs], [runId, process.pid, 30_000])
  assert.deepEqual(
    lease?.guardians.map(({ pid }) => pid),
    guardian.pids,
  )
  await guardian.release(first)
  assert.deepEqual(idsIn(leasePath), [second])
  await guardian.release(second)
  assert.equal(existsSync(leasePath), false)
  await guardian.close()
})

test('a guardian that takes everything back removes the lease', async () => {
  const guardian = await startGuardian({ ...place, leasePath })
  await guardian.hold(undoOf('first'))
  await guardian.close()
  assert.equal(existsSync(leasePath), false)
})

test('a guardian that could not take something back leaves the lease to others', async () => {
  const guardian = await startGuardian({ ...place, leasePath })
  await guardian.hold(undoOf('unheard', 'PUT'))
  await guardian.close()
  assert.deepEqual(idsIn(leasePath), ['switch-1'])
})

test('what was released is off the disk though the guardian is dead', async () => {
  const guardian = await startGuardian({ ...place, leasePath })
  const id = await guardian.hold(undoOf('first'))
  process.kill(guardian.pids[0]!, 'SIGKILL')
  await until('it is lost', () => guardian.lost.aborted)
  await guardian.release(id)
  assert.equal(existsSync(leasePath), false)
  await guardian.close()
})

test('many holds at once are all on disk, whoever comes first', async () => {
  const path = join(folder, 'many.json')
  const file = leaseFile(path, me)
  const names = Array.from({ length: 20 }, (_, n) => `s${n}`)
  await Promise.all(names.map((id) => file.hold({ id, undo: undoOf(id) })))
  assert.deepEqual(idsIn(path), names)
  await Promise.all(names.map((id) => file.release(id)))
  assert.equal(existsSync(path), false)
})

test('a hold that cannot be written is refused, so that nothing acts, and the next one is not harmed by it', async () => {
  const path = join(folder, 'no-folder', 'lease.json')
  writeFileSync(join(folder, 'no-folder'), '')
  const file = leaseFile(path, me)
  await assert.rejects(file.hold({ id: 'one', undo: undoOf('one') }), { code: 'CANNOT_HOLD' })
  const other = join(folder, 'in-the-way.json')
  mkdirSync(other)
  await assert.rejects(leaseFile(other, me).hold({ id: 'one', undo: undoOf('one') }), { code: 'CANNOT_HOLD' })
  await file.release('one')
})

test('a file that is no lease is told, and so is one of a newer gauntlet', () => {
  const path = join(folder, 'bad.json')
  writeFileSync(path, '{')
  assert.throws(() => readLease(path), { code: 'BAD_LEASE', exit: 'unproven' })
  writeFileSync(path, '{"schema":"gauntlet/lease/2"}')
  assert.throws(() => readLease(path), { code: 'RECORD_NEWER' })
})
