import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  lookForSlowDisk,
  lookHere,
  planSlowDisk,
  slowDown,
  takeBack,
  undoOf,
} from '../../../../chaos/drivers/local/slow-disk/index.ts'
import type { JournalEntry } from '../../../../reports/run/index.ts'
import { fixture, testFolder, testRunId } from '../../../process/testing/place.ts'
import { runsFolder } from '../../record/runs-folder.ts'
import { recover } from '../recover.ts'
import { findResidue } from '../residue.ts'

const root = testFolder()
const BLKIO = '/sys/fs/cgroup/blkio'
const lack = lookForSlowDisk(lookHere).lacks['slow-disk'] ?? (existsSync(BLKIO) ? undefined : 'no cgroups v1')

test('a slow disk that a journal holds is found and taken back; a group of another project is named and stays', {
  skip: lack ?? false,
}, async () => {
  const child = spawn(process.execPath, [fixture('waits.js')], { stdio: 'ignore' })
  after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  const pid = child.pid!
  const before = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
  const runId = testRunId()
  const plan = planSlowDisk({ pid, folder: root, writeBytesPerSecond: 1024 ** 2, runId }, lookHere)
  assert.ok(plan.possible && plan.ownGroup)
  after(() => takeBack(undoOf(plan)))
  const theirs = join(plan.ownGroup.home, `gauntlet-${testRunId()}-1`)
  mkdirSync(theirs)
  after(() => existsSync(theirs) && rmdirSync(theirs))
  await slowDown(plan)

  assert.ok((await findResidue(root)).others.some(({ what }) => what.includes(plan.group)))
  const folder = join(runsFolder(root), runId)
  mkdirSync(folder, { recursive: true })
  const entry: JournalEntry = {
    ...{ schema: 'gauntlet/journal/1', atUs: 1, kind: 'fault-injecting', victims: [] },
    ...{ injection: `${runId}/slow/1`, experiment: 'slow' },
    undo: { kind: 'disk', ...undoOf(plan), does: 'let it be as fast as before' },
  }
  writeFileSync(join(folder, 'journal.ndjson'), `${JSON.stringify(entry)}\n`)
  const { found, others } = await findResidue(root)
  assert.deepEqual(
    found.map(({ run, what }) => [run, what]),
    [[runId, `a disk is still slow (${plan.group})`]],
  )
  const [{ byHand = '' } = {}] = found
  assert.ok(byHand.includes(`rmdir '${plan.group}'`), byHand)
  const told = others.find(({ what }) => what.includes(theirs))
  assert.match(told?.what ?? '', /no run here says that it did it/)

  assert.deepEqual((await recover(root, { fact: () => {} })).found, [])
  assert.equal(existsSync(plan.group), false)
  assert.equal(readFileSync(`/proc/${pid}/cgroup`, 'utf8'), before)
  assert.equal(existsSync(theirs), true)
})
