import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { until } from '../../../reports/run/testing.ts'
import { knownUntilUs } from '../../../slo/sources/ask-source.ts'
import { createClock } from '../../process/clock.ts'
import { createHttp } from '../../process/http.ts'
import { lockPortBlock } from '../../process/ports.ts'
import {
  answerOf,
  assertFaultAborted,
  gauntlet,
  journalOf,
  runPlan,
  startGauntlet,
} from '../../testing/gauntlet.ts'
import { noPrometheus, startScraping, type TestPrometheus } from '../../testing/prometheus.ts'
import { runFolders } from '../../testing/run-folders.ts'
import { openShop } from '../../testing/shop.ts'

// before the shop: its ports must be free after each test
const block = noPrometheus ? undefined : await lockPortBlock(10, 'the test of what a Prometheus is asked')
after(() => block?.release())
const [prometheusPort = 0, scrapes = 0] = block?.ports ?? []
const shop = await openShop('the test of what probes ask besides the target')
const chaosRun = (name: string) =>
  gauntlet(['chaos', 'run', name, '--for', '1s', '--port', String(shop.ports[0]), '--plain', '--json'], shop)

/** A scrape that a busy machine answers too late is no gap. */
const QUEUE = 'last_over_time(queue_depth[10s])'

const write = (file: string, text: string): void => writeFileSync(join(shop.root, 'perf', file), text)

/** The worker is killed, and this is the steady state. */
const experiment = (name: string, hypothesis: string): string => `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: ${name}, title: The only worker killed, why: To see what its probes ask }
spec:
  hypothesis:
    ${hypothesis}
  method:
    - manifest:
        apiVersion: chaos-mesh.org/v1alpha1
        kind: PodChaos
        metadata: { name: ${name} }
        spec: { action: pod-kill, mode: one, selector: { labelSelectors: { app: worker } } }
  rollback: { within: 30s }
`

const asksObjective = (name: string, over: string) =>
  `- { name: keeps-its-promise, objective: { name: ${name}, over: ${over} } }`

/** What the hypotheses of the newest run saw. */
const hypotheses = () =>
  journalOf(runFolders(shop).at(-1) ?? '').flatMap((one) => (one.kind === 'hypothesis' ? [one] : []))

test('without load and without a source an objective is refused in the plan, and so is what no DataSource bears', async () => {
  write('asks-load.experiment.yaml', experiment('asks-load', asksObjective('browse-latency', '20s')))
  write(
    'asks-nobody.experiment.yaml',
    experiment('asks-nobody', '- { name: up, promql: { source: metrcis, query: up }, tolerance: 1 }'),
  )
  const before = runFolders(shop).length
  const load = await chaosRun('asks-load')
  assert.equal(load.exitCode, 2, load.stderr)
  assert.match(load.stderr, /browse-latency rests on what the load does, and fault has none/)
  const nobody = await chaosRun('asks-nobody')
  assert.equal(nobody.exitCode, 2, nobody.stderr)
  assert.match(nobody.stderr, /there is no data source metrcis/)
  assert.equal(runFolders(shop).length, before)
})

test('under load it is what the seconds before the fault and after it came to', {
  skip: shop.skip,
}, async () => {
  const answered = readFileSync(join(shop.root, 'perf', 'browse-answered.slo.yaml'), 'utf8')
  // met on a busy machine too: what is still under way at the end of these seconds counts as bad
  write(
    'mostly-answered.slo.yaml',
    answered.replace('name: browse-answered', 'name: mostly-answered').replace('target: 0.99', 'target: 0.5'),
  )
  write('asks-load.experiment.yaml', experiment('asks-load', asksObjective('mostly-answered', '20s')))
  const plan = (beforeS: number) => `
apiVersion: gauntlet/v1
kind: Plan
metadata: { name: asked, title: A, why: B }
spec:
  load: [{ scenario: browse }]
  phases:
    - { name: before, for: ${beforeS}s }
    - { name: fault, for: 1s, experiments: [asks-load], judged: false }
    - { name: after, for: 45s }
  objectives: [{ slo: mostly-answered }]
`
  write('asked.plan.yaml', plan(20))
  const short = await gauntlet(runPlan('asked', shop), shop)
  assert.equal(short.exitCode, 2, short.stderr)
  assert.match(
    short.stderr,
    /mostly-answered over 20 s needs 26 s of judged load before fault, and there are 20 s/,
  )
  write('asked.plan.yaml', plan(26))
  await gauntlet(runPlan('asked', shop), shop)
  const [first, last] = hypotheses()
  assert.deepEqual([first?.held, last?.held], [true, true], `${first?.seen}; ${last?.seen}`)
  assert.match(first?.seen ?? '', /verdict "met".*Books shown at all was [\d.]+ %.* from 0:0\d to 0:2\d$/)
  assert.match(last?.seen ?? '', /verdict "met".* from \d:\d\d to \d:\d\d$/)
  const [from = 0, to = 0] = [...(last?.seen ?? '').matchAll(/(?:from|to) (\d):(\d\d)/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  )
  assert.ok(from >= 27 && to - from === 20, last?.seen)
})

describe('with a Prometheus', { skip: noPrometheus }, () => {
  let prometheus: TestPrometheus | undefined
  const queue = { depth: 5 }
  let sinceUs = 0
  const readUntilUs = async () => (prometheus && (await knownUntilUs(prometheus.source, createHttp()))) ?? 0
  const told = (): readonly string[] => ['# TYPE queue_depth gauge', `queue_depth ${queue.depth}`]
  before(async () => {
    const folder = join(shop.locks, '..', 'prometheus')
    prometheus = await startScraping({ folder, port: prometheusPort, scrapes, told })
    sinceUs = createClock().nowUs()
    write('metrics.slo.yaml', metrics(prometheus.source.url))
    const query = `promql: { source: metrics, query: '${QUEUE}' }, tolerance: { max: 10 }`
    write('asks-now.experiment.yaml', experiment('asks-now', `- { name: queue-is-short, ${query} }`))
    write('asks-over.experiment.yaml', experiment('asks-over', asksObjective('queue-short', '16s')))
  })
  after(() => prometheus?.stop())

  test('a query holds before the fault and after it, by what was read since then', async () => {
    assert.equal(answerOf(await chaosRun('asks-now'), 0).verdict?.verdict, 'met')
    assert.equal(hypotheses()[1]?.seen, `metrics: ${QUEUE}: value 5 (at most 10 expected)`)
  })

  test('an objective whose numbers come from there needs no load', async () => {
    await until('it was read for so long', async () => (await readUntilUs()) > sinceUs + 17e6, 30_000)
    assert.equal(answerOf(await chaosRun('asks-over'), 0).verdict?.verdict, 'met')
  })

  test('a guard on a query ends the run, and its fault, once the query has not held for its time', async () => {
    const hypothesis = '- { name: front-is-alive, process: { labels: { app: front } } }'
    const query = `promql: { source: metrics, query: '${QUEUE}' }, tolerance: { max: 10 }`
    const guard = `  guard: { abortWhen: [{ probe: { name: queue-is-short, ${query} }, for: 1s }] }\n`
    write('guarded.experiment.yaml', experiment('guarded', hypothesis) + guard)
    const asked = ['chaos', 'run', 'guarded', '--for', '120s', '--port', String(shop.ports[0])]
    const running = startGauntlet([...asked, '--plain', '--json'], shop)
    const folder = await running.journals('fault-confirmed')
    queue.depth = 50
    assertFaultAborted(answerOf(await running.ended, 22))
    const stopped = journalOf(folder).find(({ kind }) => kind === 'stopped')
    assert.ok(stopped?.kind === 'stopped' && stopped.by === 'guard', JSON.stringify(stopped))
    assert.equal(
      stopped.reason,
      `queue-is-short did not hold for 1 s: metrics: ${QUEUE}: value 50 (at most 10 expected)`,
    )
  })

  test('a query out of its tolerance is no steady state, and nothing is broken', async () => {
    queue.depth = 50
    const changedUs = createClock().nowUs()
    await until('it was read', async () => (await readUntilUs()) > changedUs, 30_000)
    answerOf(await chaosRun('asks-now'), 22)
    assert.match(hypotheses()[0]?.seen ?? '', /value 50 \(at most 10 expected\)$/)
    assert.ok(!journalOf(runFolders(shop).at(-1) ?? '').some(({ kind }) => kind === 'fault-injecting'))
  })
})

const metrics = (url: string): string => `
apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: '${url}' } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: queue-short, displayName: Length of the queue }
spec:
  description: Who waits longer goes home
  service: worker
  indicator:
    metadata: { name: queue-short }
    spec:
      thresholdMetric: { metricSource: { metricSourceRef: metrics, type: Prometheus, spec: { query: '${QUEUE}' } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Length of the queue, op: lte, value: 10, target: 0.5 }]
`
