import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { EXIT, type JournalEntry } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { markedProcesses } from '../process/marks.ts'
import {
  answerOf,
  type EndedCommand,
  gauntlet,
  journalOf,
  runPlan,
  startGauntlet,
} from '../testing/gauntlet.ts'
import { nothingLeftOver } from '../testing/left-over.ts'
import { openShop } from '../testing/shop.ts'
import { answerOrStarved, answerUnderLoad } from '../testing/spare-runs.ts'

const shop = await openShop('the test of interrupts')
const { skip } = shop
const kinds = (journal: readonly JournalEntry[]): string[] => journal.map(({ kind }) => kind)

/** Starts a run and waits until its worker is killed. */
async function runInMidFault(variables?: Readonly<Record<string, string>>) {
  const running = startGauntlet(runPlan('worker-long-lost', shop), shop, variables)
  return { running, folder: await running.journals('fault-confirmed') }
}

test('Ctrl-C once stops the load, undoes the fault and judges', { skip }, async (context) => {
  let folder = ''
  const run = async (): Promise<EndedCommand> => {
    const inMidFault = await runInMidFault()
    folder = inMidFault.folder
    inMidFault.running.pressCtrlC()
    await inMidFault.running.says(/stopping: the load, then every fault, then the verdict/)
    return inMidFault.running.ended
  }
  const answer = await answerUnderLoad(context, { run, code: EXIT.stopped.code })
  if (answer === undefined) return
  const { verdict } = answer
  assert.equal(verdict?.outcome, 'interrupted')
  assert.match(verdict.why, /^Stopped by a person at .*, in worker-lost\./)
  assert.equal(verdict.faults[0]?.undo, 'proven gone')
  const journal = journalOf(folder)
  assert.ok(!kinds(journal).includes('load-ended'), 'the load was not stopped')
  assert.ok(journal.some((entry) => entry.kind === 'fault-normal' && entry.by === 'harness'))
  assert.ok(existsSync(join(folder, 'report', 'index.html')))
})

test('Ctrl-C twice skips the verdict, not the undo', { skip }, async () => {
  const { running, folder } = await runInMidFault({ SHOP_MODE: 'lazy' })
  running.pressCtrlC()
  await running.says(/stopping: the load/)
  running.pressCtrlC()
  await running.says(/not judging\. What is on is still being undone\./)
  const ended = await running.ended
  const { document } = answerOf(ended, EXIT.stopped.code)
  assert.equal(document['runId'], basename(folder))
  assert.doesNotMatch(ended.stderr, /^\d+:\d+ +judging$/m)
  assert.ok(kinds(journalOf(folder)).includes('fault-normal'))
  assert.ok(!existsSync(join(folder, 'verdict.json')))
  const judged = await gauntlet(['judge', basename(folder), '--json'], shop)
  assert.equal(answerOrStarved(judged, EXIT.stopped.code).verdict?.outcome, 'interrupted')
})

test('Ctrl-C twice still says when an undo is not proven', { skip }, async () => {
  const { running } = await runInMidFault({ SHOP_MODE: 'stubborn' })
  running.pressCtrlC()
  await running.says(/stopping: the load/)
  running.pressCtrlC()
  answerOf(await running.ended, EXIT.unproven.code)
})

test('a terminal that is closed ends the run in good order', { skip }, async () => {
  const { running, folder } = await runInMidFault()
  running.closeTerminal()
  const { verdict } = answerOrStarved(await running.ended, EXIT.stopped.code)
  assert.deepEqual([verdict?.outcome, verdict?.faults[0]?.undo], ['interrupted', 'proven gone'])
  assert.ok(journalOf(folder).some((entry) => entry.kind === 'stopped' && entry.reason === 'SIGHUP'))
})

test('after kill -9 in mid-fault the guardian undoes it, and the record is never met', {
  skip,
}, async (context) => {
  const target = await startShop('told')
  let folder = ''
  /** Kills the harness of a run, waits for the guardian, and judges what is on the disk. */
  const judgeKilled = async (): Promise<EndedCommand> => {
    const args = ['run', 'worker-long-lost', '--allow-undecidable', '--target', target.file]
    const running = startGauntlet(args, shop)
    folder = await running.journals('fault-confirmed')
    running.send('SIGKILL')
    assert.equal((await running.ended).signal, 'SIGKILL')
    await running.journals('fault-undone')
    const undone = journalOf(folder).filter((entry) => entry.kind === 'fault-undone')
    // of two guardians each does it, and says so
    assert.deepEqual([...new Set(undone.map(({ by }) => by))], ['guardian'])
    await until('the shop, which starts no worker unless told, has one again', target.hasWorker)
    await until('its guardian has ended', () => markedProcesses(basename(folder)).length === 0)
    return gauntlet(['judge', basename(folder), '--json'], shop)
  }
  try {
    const answer = await answerUnderLoad(context, { run: judgeKilled, code: EXIT.inconclusive.code })
    if (answer === undefined) return
    assert.equal(answer.verdict?.outcome, 'crashed')
    assert.match(answer.verdict.why, /^The harness was killed at .*The fault was undone at .* without it\.$/)
    const { stderr } = await gauntlet(['run', 'no-such-plan'], shop)
    assert.match(
      stderr,
      new RegExp(`found an unfinished run: ${basename(folder)}.*\n.*its guardian undid kill-worker`),
    )
  } finally {
    await target.end()
  }
})

test('after kill -9 a target that the run started is ended with it', { skip }, async () => {
  const { running } = await runInMidFault({ SHOP_MODE: 'clings' })
  running.send('SIGKILL')
  assert.equal((await running.ended).stdout, '')
  await nothingLeftOver(shop)
})

test('a run that goes on is not judged, and gets no verdict beside its record', { skip }, async () => {
  const { running, folder } = await runInMidFault()
  const { document } = answerOf(await gauntlet(['judge', 'last', '--json'], shop), EXIT.refused.code)
  assert.equal(document['code'], 'RUN_GOES_ON')
  assert.equal(existsSync(join(folder, 'verdict.json')), false)
  running.pressCtrlC()
  const { verdict } = answerOrStarved(await running.ended, EXIT.stopped.code)
  assert.equal(verdict?.outcome, 'interrupted')
})

/** The shop on its own, as a target that runs already. */
async function startShop(mode: string) {
  const file = join(shop.root, 'running-target.json')
  const child = spawn(process.execPath, ['target.ts', '--port', String(shop.ports[0])], {
    cwd: shop.root,
    env: { ...shop.environment, SHOP_MODE: mode, GAUNTLET_TARGET_FILE: file },
    stdio: 'ignore',
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await until('the shop describes itself', () => existsSync(file))
  const { control } = JSON.parse(readFileSync(file, 'utf8'))
  return {
    file,
    hasWorker: async () => {
      const authorization = `Bearer ${readFileSync(control.tokenFile, 'utf8')}`
      const reply = await fetch(`${control.url}/describe`, { headers: { authorization } })
      return (await reply.text()).includes('"state":"ready"')
    },
    end: async () => {
      child.kill()
      await exited
    },
  }
}
