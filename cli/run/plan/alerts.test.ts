import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseExperiment } from '../../../chaos/index.ts'
import type { Target } from '../../../reports/run/index.ts'
import { parseOpenSlo, shelve } from '../../../slo/model/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import { loadProject } from '../../config/load-config.ts'
import { parsePlanFile } from '../../config/plan-file.ts'
import { makePlan } from './plan.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TARGET: Target = {
  ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1' },
  addresses: { gateway: 'http://127.0.0.1:1' },
  processes: [{ name: 'worker', labels: { app: 'worker' } }],
  ...{ links: [], switches: [], facts: [], logs: [] },
  control: { url: 'http://127.0.0.1:2', tokenFile: '/token' },
}

const TWO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: two }
spec:
  service: shop
  indicator: { metadata: { name: counted }, spec: { ratioMetric: { good: { metricSource: { type: gauntlet, spec: { measure: request, outcome: ok } } }, total: { metricSource: { type: gauntlet, spec: { measure: request } } } } } }
  budgetingMethod: Occurrences
  objectives:
    - { displayName: fast, target: 0.9 }
    - { displayName: not slow, target: 0.99 }
`

let shipped: Catalogue
before(async () => {
  const found = await readCatalogue(await loadProject(ROOT))
  const { slos, complaints } = shelve([parseOpenSlo(TWO, 'two.slo.yaml')])
  assert.deepEqual(complaints, [])
  shipped = { ...found, objectives: new Map([...found.objectives, ...slos]) }
})

/** A plan whose second phase, of 20 s, kills a worker with this alert or guard of its own. */
function planOf(own: string, { load = true, objectives = '{ slo: search-latency, phases: [before] }' } = {}) {
  const experiment = parseExperiment(
    `apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: kill, title: A worker killed, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: worker } } }]
  method:
    - manifest:
        apiVersion: chaos-mesh.org/v1alpha1
        kind: PodChaos
        metadata: { name: kill }
        spec: { action: pod-kill, mode: one, selector: { labelSelectors: { app: worker } } }
  rollback: { within: 1s }
  ${own}
`,
    'kill.experiment.yaml',
  ).value
  const file = parsePlanFile(
    `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: a, title: A, why: B }
spec:
  load: [{ scenario: search }]
  phases: [{ name: before, for: 60s }, { name: killed, for: 20s, load: ${load}, experiments: [kill] }]
  objectives: [${objectives}]
`,
    'a.plan.yaml',
  ).value
  assert.ok(experiment !== undefined && file !== undefined)
  const { plan, complaints } = makePlan({
    plan: file,
    catalogue: { ...shipped, experiments: new Map([['kill', experiment]]) },
    target: TARGET,
    ...{ tools: {}, seed: 1, machineMemoryBytes: 8e9, allowUndecidable: false, machineTellsResources: true },
    nowMs: 0,
  })
  const refusals = complaints.map(({ line, message, hint }) => `${line} ${message} | ${hint}`)
  return { plan, refusals, alert: plan.experiments[0]?.alert }
}

test('an alert is planned with the windows of the page that is left unsaid, on an objective that is shown', () => {
  const { plan, alert, refusals } = planOf('alert: { slo: gateway-latency, over: 20s, within: 18s }')
  assert.deepEqual(refusals, [])
  assert.deepEqual(alert, { objective: 'gateway-latency', burnRate: 14.4, overMs: 20_000, withinMs: 18_000 })
  assert.deepEqual(
    plan.objectives.map(({ name, advisory }) => [name, advisory]),
    [
      ['search-latency', false],
      ['gateway-latency', true],
    ],
  )
})

test('an alert on an objective of the plan adds none', () => {
  const own = { objectives: '{ slo: gateway-latency, as: gateway, phases: [before] }' }
  const { plan, refusals } = planOf('alert: { slo: gateway, over: 20s }', own)
  assert.deepEqual([plan.objectives.length, refusals], [1, []])
})

const REFUSED: readonly (readonly [string, RegExp])[] = [
  [
    'slo: api-availability, within: 15s',
    /^6 its alert cannot fire in 15 s: a total outage needs 51\.8 s for it \| .*over: 5m/,
  ],
  ['slo: api-availability, over: 5m, within: 25s', /may take 25 s, and its faults are on for 20 s/],
  ['slo: gateway-latency, burnRate: 21, over: 10s', /can never fire: at burn rate 21 more than all events/],
  ['slo: orders-not-lost', /orders-not-lost cannot be watched while the run goes on/],
  ['slo: gatway-latency', /unknown objective "gatway-latency" \| nearest: gateway-latency/],
]
for (const [alert, said] of REFUSED)
  test(`an alert {${alert}} is refused where the plan names its experiment`, () => {
    const { refusals } = planOf(`alert: { ${alert} }`)
    assert.equal(refusals.length, 1)
    assert.match(refusals[0] ?? '', said)
  })

test('an alert on an SLO with two objectives is refused', () => {
  const { refusals } = planOf('alert: { slo: two, over: 20s }')
  assert.match(refusals.join(), /the alert on two may be that on \S+ or on \S+ \| /)
})

test('where there is no load, an alert and a guard on an objective see nothing, and are refused', () => {
  const own =
    'alert: { slo: gateway-latency, over: 10s }\n  guard: { abortWhen: [{ slo: gateway-latency, burnRate: 5, for: 5s }] }'
  assert.match(
    planOf(own, { load: false }).refusals.join('\n'),
    /its guard on gateway-latency sees nothing in killed/,
  )
  assert.match(planOf(own, { load: false }).refusals.join('\n'), /its alert sees nothing in killed/)
  assert.deepEqual(planOf(own).refusals, [])
})

test("an experiment's own guards stand in the plan with its name", () => {
  const own =
    'guard: { abortWhen: [{ slo: gateway-latency, burnRate: 5, for: 5s }, { machine: { diskFreeAtLeast: 1Gi }, for: 5s }] }'
  const { plan, refusals } = planOf(own)
  assert.deepEqual(refusals, [])
  assert.deepEqual(plan.guards, [
    { objective: 'gateway-latency', burnRate: 5, forMs: 5000, experiment: 'kill' },
    { machine: { diskFreeAtLeastBytes: 2 ** 30 }, forMs: 5000, experiment: 'kill' },
  ])
})
