import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import { planGuard } from '../planning/plan-guard.ts'
import { parseExperiment } from './experiment.ts'

const TARGET: Target = {
  ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: { front: 'http://127.0.0.1:1' } },
  ...{ processes: [], links: [], switches: [], facts: [], logs: [] },
}
const PLACE = { target: TARGET, sources: [], objectives: [], tellsProcessorWait: true }

const experiment = (more: string): string => `apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: kill-worker, title: A worker killed, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: worker } } }]
  method:
    - manifest:
        apiVersion: chaos-mesh.org/v1alpha1
        kind: PodChaos
        metadata: { name: kill-worker }
        spec: { action: pod-kill, mode: one, selector: { labelSelectors: { app: worker } } }
  rollback: { within: 1s }
  ${more}
`
const guarded = (guard: string): string => experiment(`guard: { abortWhen: [${guard}] }`)

const mistakesOf = (text: string): string[] =>
  parseExperiment(text, 'x.experiment.yaml').complaints.map(
    ({ line, column, message, hint = '' }) => `${line}:${column} ${message} | ${hint}`,
  )

const FRONT = '{ name: front, http: { address: front, path: /health } }'

const WRONG: readonly (readonly [string, RegExp])[] = [
  ['{ for: 3s }', /^13:24 none of slo, probe and machine is given/],
  [`{ probe: ${FRONT}, machine: { diskFreeAtLeast: 1GB }, for: 3s }`, /probe and machine are given/],
  [`{ probe: ${FRONT} }`, /"for" is missing \| how long may it be so\? for: 5s/],
  [`{ probe: ${FRONT}, for: 0s }`, /13:\d+ "0s" is not a duration above zero/],
  [`{ probe: { name: front }, for: 3s }`, /a probe that asks nothing/],
  [`{ probe: ${FRONT}, burnRate: 5, for: 3s }`, /a burnRate belongs to an slo/],
  ['{ machine: {}, for: 3s }', /13:\d+/],
  ['{ machine: { memoryFreeAtLeast: much }, for: 3s }', /13:\d+ "much" is not a size/],
  ['{ machine: { memoryFree: 1GB }, for: 3s }', /unknown key "memoryFree" \| .*memoryFreeAtLeast/],
  ['{ slo: searches }', /searches is what the experiment may bend \| say how far: burnRate: 50, for: 5s/],
  ['{ slo: searches, burnRate: 50 }', /a burn rate is watched for a length of time/],
]

for (const [guard, said] of WRONG)
  test(`a guard ${guard} is refused at its place`, () => {
    const [first = 'nothing', ...more] = mistakesOf(guarded(guard))
    assert.match(first, said)
    assert.deepEqual(more, [])
  })

test('an alert without an objective is refused, and one with a wrong length', () => {
  assert.match(mistakesOf(experiment('alert: { within: 5s }')).join(), /13:3 "slo" is missing/)
  assert.match(
    mistakesOf(experiment('alert: { slo: a, within: 5 }')).join(),
    /13:28 "5" is not a duration above zero/,
  )
})

test('a guard on a probe or the machine is planned with its words in ms, bytes and shares', () => {
  const { value, complaints } = parseExperiment(
    guarded(
      `{ probe: ${FRONT}, for: 3s }, { machine: { memoryFreeAtLeast: 1Gi, diskFreeAtLeast: 2GB, processorWaitAtMost: 0.3 }, for: 5s }`,
    ),
    'x.experiment.yaml',
  )
  assert.deepEqual(complaints, [])
  const [probe, machine] = (value?.spec.guard?.abortWhen ?? []).map((one) => planGuard(one, PLACE))
  assert.ok(probe?.planned !== undefined && 'probe' in probe.planned)
  assert.deepEqual([probe.planned.forMs, probe.planned.probe.name], [3000, 'front'])
  assert.match(probe.planned.probe.expects, /^GET \/health of front: status 200 to 299$/)
  assert.deepEqual(machine?.planned, {
    machine: {
      memoryFreeAtLeastBytes: 2 ** 30,
      diskFreeAtLeastBytes: 2e9,
      processorWaitAtMostRatio: 0.3,
    },
    forMs: 5000,
  })
})

test('a guard that can never be asked here is refused in the plan', () => {
  const elsewhere = { name: 'x', http: { address: 'back', path: '/' } }
  const [{ why = '' } = {}] = planGuard({ probe: elsewhere, for: '3s' }, PLACE).refusals
  assert.match(why, /shop describes no HTTP address back/)
  const untold = { ...PLACE, tellsProcessorWait: false }
  const waits = { machine: { processorWaitAtMost: 0.3 }, for: '3s' }
  assert.equal(planGuard(waits, untold).refusals.length, 1)
  assert.deepEqual(planGuard(waits, PLACE).refusals, [])
})
