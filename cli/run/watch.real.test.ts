import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT, type JournalEntry, type JournalKind } from '../../reports/run/index.ts'
import { tellsResources } from '../process/resources.ts'
import { answerOf, gauntlet, journalOf, runPlan } from '../testing/gauntlet.ts'
import { noPrometheus, startPrometheus } from '../testing/prometheus.ts'
import { runFolders } from '../testing/run-folders.ts'
import { openShop, restoreFiles } from '../testing/shop.ts'
import { answerOrStarved, answerUnderLoad, OF_THE_MACHINE } from '../testing/spare-runs.ts'
import { readRecord } from './record/read-record.ts'

const shop = await openShop('the test of what a run watches')
const { skip } = shop
const skipProbes = skip || (tellsResources() ? false : '/proc is missing')

const lastRun = (): string => runFolders(shop).at(-1) ?? ''

/** Journal entries of these kinds, in order. */
function journaled<Kind extends JournalKind>(...kinds: readonly Kind[]) {
  const isWanted = (entry: JournalEntry): entry is Extract<JournalEntry, { kind: Kind }> =>
    kinds.some((kind) => kind === entry.kind)
  return journalOf(lastRun()).filter(isWanted)
}

test('a shop that fails every request is stopped by the guard on its promise, which is violated', {
  skip,
}, async (context) => {
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(runPlan('guarded', shop), shop, { SHOP_MODE: 'sold-out' }),
    code: EXIT.violated.code,
  })
  if (answer === undefined) return
  const { verdict, stderr } = answer
  assert.equal(verdict?.outcome, 'aborted')
  const [alarm, stopped, ...more] = journaled('guard-alarm', 'stopped')
  assert.deepEqual(more, [])
  assert.ok(alarm?.kind === 'guard-alarm' && stopped?.kind === 'stopped')
  assert.equal(alarm.objective, 'browse-answered')
  assert.match(alarm.seen, /^\d+ of \d+ requests were bad from 0:00 to 0:\d\d, and 1 % may be$/)
  assert.deepEqual([stopped.by, stopped.reason], ['guard', `browse-answered: ${alarm.seen}`])
  assert.match(stderr, /guard on browse-answered: .*; the run is stopped/)
  assert.deepEqual(journaled('phase-ended'), [], 'its minute is not over')
})

test('a budget that burns too fast ends a run that does not judge it', { skip: skipProbes }, async () => {
  const { verdict } = answerOrStarved(
    await gauntlet(runPlan('guarded-budget', shop), shop, { SHOP_MODE: 'hang' }),
    EXIT.stopped.code,
  )
  assert.equal(verdict?.outcome, 'aborted')
  const [stopped, ...more] = journaled('stopped', 'guard-alarm')
  assert.deepEqual(more, [])
  assert.ok(stopped?.kind === 'stopped' && stopped.by === 'guard')
  assert.match(stopped.reason, /: burn rate \d\S+ over 3 s: \d+ of \d+ requests were bad/)
})

test('a worker is weighed each second, the one that took its place too', {
  skip: skipProbes,
}, async (context) => {
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(runPlan('weighed', shop), shop),
    code: EXIT.inconclusive.code,
  })
  if (answer === undefined) return
  const { probes, journal } = await readRecord(lastRun())
  const zeroUs = journal.find(({ kind }) => kind === 'second-zero')?.atUs ?? 0
  const seconds = probes.map(({ atUs }) => Math.floor((atUs - zeroUs) / 1e6))
  assert.deepEqual(seconds, [...new Set(seconds)], 'never twice in one second')
  assert.ok(seconds.every((one) => one >= 0 && one < 10) && seconds.length >= 5, seconds.join())
  const [killed, normal] = ['fault-injected', 'fault-normal'].map(
    (kind) => journal.find((entry) => entry.kind === kind)?.atUs ?? 0,
  )
  const weights = (from = 0, to = 0) =>
    probes.filter(({ atUs }) => atUs >= from && atUs < to).map(({ value }) => value)
  for (const values of [weights(zeroUs, killed), weights(normal, Number.POSITIVE_INFINITY)]) {
    assert.ok(values.length > 0, seconds.join())
    for (const value of values)
      assert.ok(value !== null && value > 2 ** 20, 'a worker of Node takes more than 1 MiB')
  }
})

test('a target that is another version at the end is said to be so', { skip }, async () => {
  const { verdict } = answerOf(
    await gauntlet(runPlan('glance', shop), shop, { SHOP_MODE: 'exchanged' }),
    EXIT.invalid.code,
  )
  const kinds = verdict?.findings.map(({ kind }) => kind)
  assert.deepEqual(
    kinds?.filter((kind) => !OF_THE_MACHINE.includes(kind)),
    ['target-changed'],
  )
  assert.deepEqual(
    journaled('target-ready', 'target-seen-last').map(({ version }) => version),
    ['1.0.0', '1.0.1'],
  )
})

test('what is asked of the shop by name is refused before it is started, with the nearest', async () => {
  const file = join(shop.root, 'perf', 'worker-memory.slo.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('worker/resident-bytes', 'workers/resident-byte'))
  const { stderr } = await gauntlet(runPlan('weighed', shop), shop)
  writeFileSync(file, text)
  assert.match(stderr, /unknown process of shop "workers"/)
  assert.match(stderr, /nearest: resident-bytes/)
})

/** 1 also where a busy machine answered a scrape too late. */
const QUERY = 'min(up >= bool 0)'

/** An SLO on a query, and a plan that asks it. */
function writeQuery(url: string): void {
  const source = `{ type: Prometheus, spec: { query: ${QUERY}, url: '${url}', tokenEnv: SHOP_METRICS_TOKEN } }`
  const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: scraped, annotations: { gauntlet/noun: readings } }
spec:
  service: front
  indicator: { metadata: { name: scraped }, spec: { thresholdMetric: { metricSource: ${source} } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ op: gte, value: 1, target: 0.5 }]
`
  const plan = readFileSync(join(shop.root, 'perf', 'glance.plan.yaml'), 'utf8')
  writeFileSync(join(shop.root, 'perf', 'scraped.slo.yaml'), slo)
  writeFileSync(
    join(shop.root, 'perf', 'scraped.plan.yaml'),
    plan.replace('name: glance', 'name: scraped').replace(/objectives: .*/, 'objectives: [{ slo: scraped }]'),
  )
}

test('a Prometheus is asked with its key once the load is over, and the key is nowhere in the record', async (context) => {
  const missing = skip || noPrometheus
  if (missing !== false) return context.skip(missing)
  const [, , port = 0] = shop.ports
  const prometheus = await startPrometheus({ folder: join(shop.root, 'prometheus'), port, scrapes: port })
  try {
    writeQuery(prometheus.source.url)
    const locked = await gauntlet(runPlan('scraped', shop), shop)
    assert.equal(locked.exitCode, EXIT.refused.code)
    assert.match(locked.stderr, /not in the environment: SHOP_METRICS_TOKEN, which opens http/)
    const key = 'open-sesame'
    const answer = await answerUnderLoad(context, {
      run: () => gauntlet(runPlan('scraped', shop), shop, { SHOP_METRICS_TOKEN: key }),
      code: EXIT.inconclusive.code,
    })
    if (answer === undefined) return
    const { verdict } = answer
    const { queries } = await readRecord(lastRun())
    const [{ query, error, points } = {}, ...others] = queries
    assert.deepEqual([query, error, others], [QUERY, null, []])
    assert.deepEqual(
      points?.slice(0, 3).map(([, value]) => value),
      [1, 1, 1],
    )
    assert.equal(verdict?.objectives[0]?.events, 3)
    const files = readdirSync(lastRun(), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
    assert.ok(files.length > 5)
    for (const { parentPath, name } of files)
      assert.ok(!readFileSync(join(parentPath, name), 'utf8').includes(key), name)
  } finally {
    await prometheus.stop()
    restoreFiles(shop)
  }
})
