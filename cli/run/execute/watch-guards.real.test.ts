import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { EXIT } from '../../../reports/run/index.ts'
import { answerOf, assertFaultAborted, gauntlet, journalOf, runPlan } from '../../testing/gauntlet.ts'
import { runFolders } from '../../testing/run-folders.ts'
import { openShop, restoreFiles } from '../../testing/shop.ts'
import { answerUnderLoad } from '../../testing/spare-runs.ts'

const shop = await openShop('the test of guards on probes and the machine')
const { skip } = shop
afterEach(() => restoreFiles(shop))

const fileOf = (name: string): string => join(shop.root, 'perf', name)
const lastJournal = () => journalOf(runFolders(shop).at(-1) ?? '')
const kindsOf = (): string[] => lastJournal().map(({ kind }) => kind)

function reasonOfStop(): string {
  const stopped = lastJournal().find(({ kind }) => kind === 'stopped')
  assert.ok(stopped?.kind === 'stopped' && stopped.by === 'guard', JSON.stringify(stopped))
  return stopped.reason
}

/** The shop's plan of a minute, with this guard. */
function guardPlan(guard: string): void {
  const text = readFileSync(fileOf('guarded-budget.plan.yaml'), 'utf8')
  writeFileSync(fileOf('guarded-budget.plan.yaml'), text.replace(/abortWhen: .*/, `abortWhen: [${guard}] }`))
}

/** An experiment of the shop with a guard of its own. */
function guardExperiment(name: string, guard: string): void {
  const file = fileOf(`${name}.experiment.yaml`)
  writeFileSync(file, `${readFileSync(file, 'utf8')}  guard: { abortWhen: [${guard}] }\n`)
}

const chaosRun = (name: string, variables = {}) =>
  gauntlet(
    ['chaos', 'run', name, '--for', '30s', '--port', String(shop.ports[0]), '--plain', '--json'],
    shop,
    variables,
  )

test('a plan ends when a probe of its guard has not held for its time', { skip }, async (context) => {
  guardPlan('{ probe: { name: books-are-shown, http: { address: front, path: /books } }, for: 1s }')
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(runPlan('guarded-budget', shop), shop, { SHOP_MODE: 'sold-out' }),
    code: EXIT.stopped.code,
  })
  if (answer === undefined) return
  const { verdict, stderr } = answer
  assert.equal(verdict?.outcome, 'aborted')
  assert.match(
    reasonOfStop(),
    /^books-are-shown did not hold for 1 s: GET .*status 500 \(200 to 299 expected\)/,
  )
  assert.match(stderr, /guard: books-are-shown did not hold for 1 s: .*; the run is stopped/)
  assert.match(verdict.why, /^Stopped by a guard at 0:\d\d\.\d, in open: books-are-shown did not hold/)
})

test('a machine without what the guard asks for makes the run invalid', { skip }, async () => {
  guardPlan('{ machine: { memoryFreeAtLeast: 900Ti }, for: 1s }')
  const { verdict } = answerOf(await gauntlet(runPlan('guarded-budget', shop), shop), EXIT.invalid.code)
  assert.deepEqual(
    verdict?.findings.map(({ kind }) => kind),
    ['machine-lacking'],
  )
  assert.match(verdict?.why ?? '', /^A guard ended the run: this machine had .* of memory free, less than/)
  assert.match(reasonOfStop(), /^this machine had \S+ GiB of memory free, less than 900 TiB, for 1 s$/)
})

test("an experiment's own guard on a probe undoes its faults at once", async () => {
  guardExperiment(
    'kill-worker',
    '{ probe: { name: worker-is-back, process: { labels: { app: worker } } }, for: 1s }',
  )
  assertFaultAborted(answerOf(await chaosRun('kill-worker', { SHOP_MODE: 'told' }), EXIT.stopped.code))
  assert.match(reasonOfStop(), /^worker-is-back did not hold for 1 s: processes with app=worker: alive 0/)
  const kinds = kindsOf()
  assert.ok(kinds.indexOf('stopped') < kinds.indexOf('fault-undoing'), kinds.join())
  assert.ok(kinds.indexOf('fault-normal') > 0)
  const ended = lastJournal().flatMap((one) => (one.kind === 'phase-ended' ? [one.phase] : []))
  assert.deepEqual(ended, ['before'], 'the phase of the fault was not waited for')
})

test("an experiment's own guard on the machine makes its run invalid, without load too", async () => {
  guardExperiment('kill-worker', '{ machine: { diskFreeAtLeast: 900Pi }, for: 1s }')
  const { verdict } = answerOf(await chaosRun('kill-worker'), EXIT.invalid.code)
  assert.deepEqual(
    verdict?.findings.map(({ kind }) => kind),
    ['machine-lacking'],
  )
  assert.deepEqual(
    verdict?.faults.map(({ undo }) => undo),
    ['proven gone'],
  )
})

test('a guard or an alert on an SLO that nobody wrote is refused, and what only counts under load is told', async () => {
  const file = fileOf('kill-worker.experiment.yaml')
  const text = readFileSync(file, 'utf8')
  const plan = () => gauntlet(['chaos', 'plan', 'kill-worker'], shop)
  const own = (slo: string, alerted: string) =>
    `  guard: { abortWhen: [{ slo: ${slo}, burnRate: 50, for: 5s }] }\n  alert: { slo: ${alerted}, within: 9s }\n`
  writeFileSync(file, text + own('browse-answred', 'browse'))
  const { exitCode, stderr } = await plan()
  assert.equal(exitCode, 2)
  assert.match(stderr, /unknown objective "browse-answred"[\s\S]*nearest: browse-answered/)
  assert.match(stderr, /unknown objective "browse"/)
  writeFileSync(file, text + own('browse-answered', 'browse-answered'))
  const said = (await plan()).stdout.replace(/\s+/g, ' ')
  assert.match(said, /under load ends when browse-answered burns its budget 50 times too fast for 5s/)
  assert.match(
    said,
    /under load the alert on browse-answered \(burn rate 14\.4 over 1 h and 5 min\) must fire within 9 s/,
  )
  const quiet = ['chaos', 'run', 'kill-worker', '--for', '1s', '--port', String(shop.ports[0]), '--plain']
  const ran = (await gauntlet(quiet, shop)).stderr.replace(/\s+/g, ' ')
  assert.match(ran, /not without load: ends when browse-answered burns its budget 50 times too fast for 5s/)
  assert.match(ran, /not without load: the alert on browse-answered .* must fire within 9 s/)
})

test('a guard that is never broken ends nothing, and chaos plan prints it', async () => {
  guardExperiment(
    'kill-worker',
    '{ probe: { name: front-answers, http: { address: front, path: /health } }, for: 1s }, { machine: { memoryFreeAtLeast: 1MB, diskFreeAtLeast: 1MB }, for: 1s }',
  )
  const asked = ['chaos', 'run', 'kill-worker', '--for', '3s', '--port', String(shop.ports[0]), '--json']
  answerOf(await gauntlet(asked, shop), 0)
  const { stdout } = await gauntlet(['chaos', 'plan', 'kill-worker'], shop)
  const said = stdout.replace(/\s+/g, ' ')
  assert.match(said, /guard while kill-worker is on, when front-answers does not hold for 1 s \(GET/)
  assert.match(said, /guard while kill-worker is on, when this machine has less than 977 KiB of memory free/)
})
