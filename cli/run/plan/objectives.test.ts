import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseOpenSlo, shelve } from '../../../slo/model/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import { loadProject } from '../../config/load-config.ts'
import { parsePlanFile } from '../../config/plan-file.ts'
import { pointlessWords } from './objectives.ts'
import { makePlan } from './plan.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const slo = (name: string, metric: string, objective: string): string => `---
apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: shop
  indicator: { metadata: { name: counted }, spec: { ${metric} } }
  budgetingMethod: Occurrences
  objectives: [${objective}]
`
const slow = 'thresholdMetric: { metricSource: { type: gauntlet, spec: { measure: request, name: search } } }'
const query = (text: string) =>
  `thresholdMetric: { metricSource: { type: Prometheus, spec: { query: '${text}', url: 'http://p:9090' } } }`
const datadog = 'thresholdMetric: { metricSource: { type: Datadog, spec: { query: up } } }'

const OURS = [
  slo('mostly-slow', slow, '{ op: gt, value: 1000, target: 0.9 }'),
  slo('team/search.v2', slow, '{ op: lte, value: 300, target: 0.95 }'),
  slo('up', query('up'), '{ op: gte, value: 1, target: 0.9 }'),
  slo('from-datadog', datadog, '{ op: gte, value: 1, target: 0.9 }'),
  slo('sliced', slow, '{ op: lte, value: 300, target: 0.9, timeSliceWindow: 0.5 }').replace(
    'Occurrences',
    'RatioTimeslices',
  ),
].join('')

let catalogue: Catalogue
before(async () => {
  const shipped = await readCatalogue(await loadProject(ROOT))
  const { slos, complaints } = shelve([parseOpenSlo(OURS, 'ours.slo.yaml')])
  assert.deepEqual(complaints, [])
  catalogue = { ...shipped, objectives: new Map([...shipped.objectives, ...slos]) }
})

/** A plan over these objectives and guards. */
function planOf(objectives: readonly string[], guards = '') {
  const text = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: a, title: A, why: B }
spec:
  load: [{ scenario: search }]
  phases: [{ name: baseline, for: 100s }, { name: recovery, for: 100s }]
  objectives: [${objectives.map((one) => `{ ${one} }`).join(', ')}]
${guards}`
  const { value, complaints } = parsePlanFile(text, 'a.plan.yaml')
  assert.deepEqual(complaints, [])
  return makePlan({
    plan: value!,
    catalogue,
    target: {
      ...{
        schema: 'gauntlet/target/1',
        name: 'shop',
        version: '1',
        addresses: { gateway: 'http://127.0.0.1:1' },
      },
      ...{ processes: [], links: [], switches: [], facts: [], logs: [] },
    },
    ...{ tools: {}, seed: 1, machineMemoryBytes: 8e9, allowUndecidable: false, machineTellsResources: true },
    nowMs: 0,
  })
}

const refusalsOf = (objectives: readonly string[], guards?: string): string[] =>
  planOf(objectives, guards).complaints.map(({ message, hint = '' }) => `${message} | ${hint}`)

describe('an objective in a plan', () => {
  it('has its own name, target and limit for some phases when the plan says so', () => {
    const { plan, complaints } = planOf([
      'slo: search-latency, phases: [baseline]',
      'slo: search-latency, as: search-after, phases: [recovery], target: 0.9, within: 800ms',
    ])
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      plan.objectives.map(({ name, phases, targetRatio, promised }) => [name, phases, targetRatio, promised]),
      [
        ['search-latency', ['baseline'], 0.95, 'p95 < 300 ms'],
        ['search-after', ['recovery'], 0.9, 'p90 < 800 ms'],
      ],
    )
    assert.deepEqual(plan.thresholdsMs, [300, 800])
  })

  it('that is asked twice needs a second name', () => {
    assert.deepEqual(refusalsOf(['slo: search-latency', 'slo: search-latency, target: 0.9']), [
      'a second objective "search-latency" | give one of them another name, as: NAME',
    ])
  })

  it('whose name is none of ours needs one', () => {
    assert.match(
      refusalsOf(['slo: team/search.v2']).join(),
      /"team\/search\.v2" is too long or has other.*as: NAME/,
    )
    assert.deepEqual(planOf(['slo: team/search.v2, as: search']).plan.objectives[0]?.name, 'search')
  })

  it('takes another value, target or limit only where it has one, said at its place', () => {
    const rows = [
      [
        'slo: api-availability, within: 1s',
        'within',
        /api-availability cannot be judged: it has no time limit/,
      ],
      ['slo: api-availability, value: 3', 'value', /it compares no value/],
      [
        'slo: api-availability, target: 1',
        'target',
        /target 1 leaves nothing that may be bad \| .*gauntlet\/evidence: census/s,
      ],
      ['slo: orders-not-lost, target: 0.9', 'target', /a census has no target/],
      ['slo: mostly-slow, value: -1', 'value', /every request is above -1: it could only be met/],
    ] as const
    for (const [entry, at, said] of rows) {
      const [complaint, more] = planOf([entry]).complaints
      assert.equal(more, undefined)
      assert.match(`${complaint?.message} | ${complaint?.hint}`, said)
      const where = complaint?.excerpt?.slice(0, complaint.column - 1)
      assert.ok(where?.endsWith(`${at}: `), `${entry}: ${where}`)
    }
  })

  it('that rests on a source of others is refused, with those that can be judged', () => {
    assert.deepEqual(refusalsOf(['slo: from-datadog']), [
      'from-datadog cannot be judged: its numbers come from Datadog | sources of type gauntlet and Prometheus can be judged',
    ])
  })

  it('that rests on Prometheus brings its source into the plan', () => {
    const { plan, complaints } = planOf(['slo: up'])
    assert.deepEqual(complaints, [])
    assert.deepEqual(plan.sources, [{ name: 'http://p:9090', type: 'Prometheus', url: 'http://p:9090' }])
    assert.equal('sources' in planOf(['slo: search-latency']).plan, false)
  })

  it('that cannot be kept together with another one is refused', () => {
    assert.deepEqual(refusalsOf(['slo: search-latency', 'slo: mostly-slow']), [
      'search-latency (p95 < 300 ms) and mostly-slow (p10 > 1 s) cannot both be kept: they are about the same requests | take one of them out, or lower a target',
    ])
  })

  it('that says nothing beside another one is told, and not refused', () => {
    const { plan, complaints } = planOf([
      'slo: search-latency',
      'slo: search-latency, as: faster, within: 200ms, target: 0.99',
    ])
    assert.deepEqual(complaints, [])
    assert.deepEqual(pointlessWords(plan.objectives), [
      'search-latency (p95 < 300 ms) says nothing that faster (p99 < 200 ms) does not',
    ])
  })
})

describe('a guard in a plan', () => {
  const guard = (text: string) => `  guards: { abortWhen: [{ ${text} }] }\n`

  it('watches an objective by the name that the plan gives it', () => {
    const { plan, complaints } = planOf(
      ['slo: search-latency, as: search'],
      guard('slo: search, burnRate: 50, for: 5s'),
    )
    assert.deepEqual(complaints, [])
    assert.deepEqual(plan.guards, [{ objective: 'search', burnRate: 50, forMs: 5000 }])
    assert.equal(plan.objectives.length, 1)
  })

  it('may watch an SLO that is not judged: it is shown, and never counted', () => {
    const { plan, complaints } = planOf(['slo: search-latency'], guard('slo: api-availability'))
    assert.deepEqual(complaints, [])
    assert.deepEqual(plan.guards, [{ objective: 'api-availability' }])
    assert.deepEqual(
      plan.objectives.map(({ name, advisory }) => [name, advisory]),
      [
        ['search-latency', false],
        ['api-availability', true],
      ],
    )
  })

  it('is refused when it names nothing, or what is not known while the run goes on', () => {
    const rows = [
      ['slo: serach-latency', /unknown objective "serach-latency" \| nearest: search-latency/],
      ['slo: orders-not-lost', /orders-not-lost cannot be watched while the run goes on/],
      ['slo: up', /up cannot be watched/],
      ['slo: sliced', /sliced cannot be watched/],
      ['slo: search-latency, burnRate: 50', /a burn rate is watched for a length of time \| for: 5s/],
      ['slo: search-latency, for: 5s', /"for" belongs to a burnRate/],
    ] as const
    for (const [text, said] of rows)
      assert.match(refusalsOf(['slo: search-latency'], guard(text)).join(), said)
  })

  it('may be on a probe or on the machine, and is refused where it can never be asked', () => {
    const front = '{ name: front, http: { address: gateway, path: /health } }'
    const { plan, complaints } = planOf(
      ['slo: search-latency'],
      guard(`probe: ${front}, for: 3s }, { machine: { memoryFreeAtLeast: 1Gi }, for: 2s`),
    )
    assert.deepEqual(complaints, [])
    const [probe, machine] = plan.guards ?? []
    assert.ok(probe !== undefined && 'probe' in probe)
    assert.deepEqual([probe.probe.name, probe.forMs, probe.experiment], ['front', 3000, undefined])
    assert.deepEqual(machine, { machine: { memoryFreeAtLeastBytes: 2 ** 30 }, forMs: 2000 })
    const rows = [
      [`probe: ${front.replace('gateway', 'gatway')}, for: 3s`, /no HTTP address gatway \| .*gateway/],
      [`probe: ${front}`, /"for" is missing/],
      ['for: 3s', /none of slo, probe and machine is given/],
    ] as const
    for (const [text, said] of rows)
      assert.match(refusalsOf(['slo: search-latency'], guard(text)).join(), said)
  })
})
