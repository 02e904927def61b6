import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { JournalEntry, ProcessVictim } from '../../../../reports/run/index.ts'
import { until } from '../../../../reports/run/testing.ts'
import { identify, isAlive, isStopped } from '../../../process/identity.ts'
import { fixture, testFolder, testRunId } from '../../../process/testing/place.ts'
import { runsFolder } from '../../record/runs-folder.ts'
import { recover } from '../recover.ts'
import { findResidue } from '../residue.ts'

const root = testFolder()

async function waits(): Promise<ProcessVictim> {
  const child = spawn(process.execPath, [fixture('waits.js')], { stdio: 'ignore' })
  after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  const identity = identify(child.pid)
  assert.ok(identity)
  return { name: 'site', ...identity }
}

/** The folder of a run whose plan knows no pid, and whose journal has this undo. */
function recordRun(victim: ProcessVictim): string {
  const runId = testRunId()
  const folder = join(runsFolder(root), runId)
  mkdirSync(folder, { recursive: true })
  const target = {
    ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: { site: 'http://127.0.0.1:9' } },
    processes: [{ name: 'site', labels: { app: 'site' }, port: 9 }],
    ...{ links: [], switches: [], facts: [], logs: [] },
  }
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ target }))
  const entry: JournalEntry = {
    ...{ schema: 'gauntlet/journal/1', atUs: 1, kind: 'fault-injecting', victims: [victim] },
    ...{ injection: `${runId}/pause/1`, experiment: 'pause' },
    undo: { kind: 'signal', victim, signal: 'SIGCONT', does: 'let site go on' },
  }
  writeFileSync(join(folder, 'journal.ndjson'), `${JSON.stringify(entry)}\n`)
  return runId
}

test('a process that was found by its port, and stands still as a journal says, is found and told to go on', async () => {
  const victim = await waits()
  const runId = recordRun(victim)
  assert.deepEqual((await findResidue(root)).found, [], 'it goes on')
  process.kill(victim.pid, 'SIGSTOP')
  await until('it stands still', () => isStopped(victim))
  const { found } = await findResidue(root)
  assert.deepEqual(found, [
    {
      run: runId,
      what: `process site (pid ${victim.pid}) is stopped`,
      byHand: `kill -CONT ${victim.pid}`,
    },
  ])
  assert.deepEqual((await recover(root, { fact: () => {} })).found, [])
  assert.ok(isAlive(victim) && !isStopped(victim))
})

test('a pid of a journal that is another process by now is none of ours', async () => {
  const other = await waits()
  recordRun({ ...other, startedAt: other.startedAt - 1 })
  process.kill(other.pid, 'SIGSTOP')
  await until('it stands still', () => isStopped(other))
  assert.deepEqual((await findResidue(root)).found, [])
})
