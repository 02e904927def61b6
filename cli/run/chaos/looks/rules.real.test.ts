import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { namespaceOf } from '../../../../chaos/drivers/local/netfilter/index.ts'
import { lookAtMachine } from '../../../../chaos/index.ts'
import type { CommandUndo, JournalEntry } from '../../../../reports/run/index.ts'
import { until } from '../../../../reports/run/testing.ts'
import { createExec } from '../../../process/exec.ts'
import { identify } from '../../../process/identity.ts'
import { fixture, testFolder, testRunId } from '../../../process/testing/place.ts'
import { runsFolder } from '../../record/runs-folder.ts'
import { recover } from '../recover.ts'
import { findResidue } from '../residue.ts'

const root = testFolder()
const { has, lacks } = await lookAtMachine(createExec({ runId: 'rules' }))
const skip = has.includes('nft') ? false : `no rules can be made here: ${lacks.nft}`

/** A process in a network namespace of its own. */
async function inNamespace() {
  const child = spawn('unshare', ['--net', process.execPath, fixture('waits.js')], { stdio: 'ignore' })
  after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  const own = namespaceOf('self')
  await until('it is in its namespace', () => namespaceOf(child.pid!) !== own)
  const enter = (...command: string[]): string =>
    execFileSync('nsenter', ['-t', String(child.pid), '-n', ...command], { encoding: 'utf8' })
  return { enter, pid: child.pid!, namespace: namespaceOf(child.pid!)! }
}

/** The folder of a run that journaled that it put this on, and nothing more. */
function recordRun(pid: number, undos: readonly CommandUndo[]): string {
  const runId = testRunId()
  const folder = join(runsFolder(root), runId)
  mkdirSync(folder, { recursive: true })
  const target = {
    ...{ schema: 'gauntlet/target/1', name: 'talkers', version: '1', addresses: {} },
    processes: [{ name: 'waits', ...identify(pid), labels: {} }],
    ...{ links: [], switches: [], facts: [], logs: [] },
  }
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ target }))
  const entries = undos.map((undo, n): JournalEntry => {
    const injection = `${runId}/drop/${n + 1}`
    const head = { schema: 'gauntlet/journal/1', atUs: n, kind: 'fault-injecting' } as const
    return { ...head, injection, experiment: 'drop', victims: [], undo }
  })
  writeFileSync(join(folder, 'journal.ndjson'), entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
  return runId
}

test('rules that a journal holds are found and deleted; those of another project are named, a foreign one is not seen', {
  skip,
}, async () => {
  const { enter, pid, namespace } = await inNamespace()
  for (const name of ['gauntlet_ours', 'gauntlet_of_another_project', 'theirs'])
    enter('nft', 'add', 'table', 'inet', name)
  enter('tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'handle', '4abc:', 'htb')
  const undo = (deletes: CommandUndo['deletes']): CommandUndo => ({
    ...{ kind: 'command', namespace, deletes, does: 'delete it' },
  })
  const runId = recordRun(pid, [undo({ what: 'nft-table', name: 'gauntlet_ours' })])
  const { found, others } = await findResidue(root)
  assert.deepEqual(
    found.map(({ run, what }) => [run, what]),
    [[runId, `the table gauntlet_ours in net:[${namespace}] is there`]],
  )
  const words = others.map(({ what }) => what).join('\n')
  assert.match(words, /^the table gauntlet_of_another_project .*\nthe qdisc htb 4abc: of lo /m)
  assert.doesNotMatch(words, /theirs/)

  const after = await recover(root, { fact: () => {} })
  assert.deepEqual(after.found, [])
  assert.equal(enter('nft', 'list', 'tables'), 'table inet gauntlet_of_another_project\ntable inet theirs\n')
  assert.match(enter('tc', 'qdisc', 'show', 'dev', 'lo'), /htb 4abc:/)
})

test('a qdisc is ours by the namespace, the device and the handle of a journal', { skip }, async () => {
  const { enter, pid, namespace } = await inNamespace()
  enter('tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'handle', '4abc:', 'htb')
  const deletes = (device: string) => ({ what: 'tc-qdisc', device, handle: '4abc' }) as const
  const undo = (device: string): CommandUndo => ({
    ...{ kind: 'command', namespace, deletes: deletes(device), does: 'delete it' },
  })
  recordRun(pid, [undo('eth0')])
  assert.deepEqual((await findResidue(root)).found, [])
  recordRun(pid, [undo('lo')])
  assert.equal((await findResidue(root)).found.length, 1)
})
