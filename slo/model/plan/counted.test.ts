import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stringify } from 'yaml'
import type { PlannedObjective } from '../../../reports/run/index.ts'
import { PLAN } from '../../judge/testing/run.ts'
import { shelve } from '../library.ts'
import { parseOpenSlo } from '../parse-open-slo.ts'
import { type PlannedSlo, toPlannedObjectives } from './planned.ts'

type Fields = Readonly<Record<string, unknown>>

interface Given {
  readonly annotations?: Fields
  /** of the indicator */
  readonly metric: Fields
  readonly objectives: readonly Fields[]
  readonly spec?: Fields
}

const metric = (type: string, spec: Fields, more: Fields = {}) => ({ metricSource: { type, spec, ...more } })
const ours = (spec: Fields) => metric('gauntlet', spec)
const threshold = (spec: Fields) => ({ thresholdMetric: ours(spec) })
const PROBE = { measure: 'probe', name: 'orders/resident-bytes' }
const AT = { url: 'http://127.0.0.1:9090' }

const sloOf = ({ annotations = {}, metric, objectives, spec = {} }: Given): Fields => ({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'asked', annotations },
  spec: {
    service: 'shop',
    indicator: { metadata: { name: 'counted' }, spec: metric },
    budgetingMethod: 'Occurrences',
    objectives,
    ...spec,
  },
})

function planned(documents: readonly Fields[]): PlannedSlo {
  const text = documents.map((one) => stringify(one)).join('---\n')
  const { slos, complaints } = shelve([parseOpenSlo(text, 'asked.yaml')])
  assert.deepEqual(complaints, [])
  return toPlannedObjectives(slos.get('asked')!, { phases: PLAN.phases, advisory: false })
}

/** What is planned, less what the plan and the head of the document give. */
function countedBy(given: Given): Fields[] {
  const { objectives, refusals } = planned([sloOf(given)])
  assert.deepEqual(refusals, [])
  return objectives.map(({ name, title, advisory, phases, evidence, ...rest }) => rest)
}

const request = { measure: 'request', name: 'search' }

describe('an objective as the judge needs it', () => {
  const rows: readonly { title: string; given: Given; gives: Fields }[] = [
    {
      title: 'a threshold on a time is a share of events within it, counted exactly',
      given: { metric: threshold(request), objectives: [{ op: 'lte', value: 300, target: 0.95 }] },
      gives: {
        total: request,
        good: { ...request, withinMs: 300 },
        targetRatio: 0.95,
        promised: 'p95 < 300 ms',
        noun: 'requests',
      },
    },
    {
      title: 'another operator on a time stays what it is',
      given: { metric: threshold(request), objectives: [{ op: 'gt', value: 5, targetPercent: 99 }] },
      gives: {
        total: request,
        good: { ...request, limit: { op: 'gt', value: 5 } },
        targetRatio: 0.99,
        promised: 'p1 > 5 ms',
        noun: 'requests',
      },
    },
    {
      title: 'a figure of a page that is no time is compared in its own unit',
      given: {
        annotations: { 'gauntlet/evidence': 'repeats' },
        metric: threshold({ measure: 'page', name: 'home/cumulative-layout-shift' }),
        objectives: [{ op: 'lte', value: 0.1, target: 0.5 }],
      },
      gives: {
        total: { measure: 'page', name: 'home/cumulative-layout-shift' },
        good: { measure: 'page', name: 'home/cumulative-layout-shift', limit: { op: 'lte', value: 0.1 } },
        targetRatio: 0.5,
        unit: '',
        promised: 'median CLS ≤ 0.1',
        noun: 'audits',
      },
    },
    {
      title: 'a mean of a time',
      given: {
        annotations: { 'gauntlet/statistic': 'mean' },
        metric: threshold({ measure: 'request' }),
        objectives: [{ op: 'lt', value: 200, target: 0.9 }],
      },
      gives: {
        total: { measure: 'request' },
        statistic: 'mean',
        limit: { op: 'lt', value: 200 },
        targetRatio: 0.9,
        promised: 'mean < 200 ms',
        noun: 'requests',
      },
    },
    {
      title: 'a trend of what is recorded in bytes, with the limit in MiB an hour',
      given: {
        annotations: { 'gauntlet/statistic': 'trend', 'gauntlet/unit': 'MiB' },
        metric: threshold(PROBE),
        objectives: [{ op: 'lt', value: 5, target: 0.9 }],
      },
      gives: {
        total: PROBE,
        statistic: 'trend',
        limit: { op: 'lt', value: 5 * 2 ** 20 },
        unit: 'B',
        targetRatio: 0.9,
        promised: 'growth < 5 MiB/h',
        noun: 'samples',
      },
    },
    {
      title: 'a unit that is no unit of bytes is a word and changes no number',
      given: {
        annotations: { 'gauntlet/unit': 'connections', 'gauntlet/noun': 'looks' },
        metric: threshold({ measure: 'probe', name: 'orders/pool-in-use' }),
        objectives: [{ op: 'lte', value: 20, target: 0.99 }],
      },
      gives: {
        total: { measure: 'probe', name: 'orders/pool-in-use' },
        good: { measure: 'probe', name: 'orders/pool-in-use', limit: { op: 'lte', value: 20 } },
        unit: 'connections',
        targetRatio: 0.99,
        promised: 'p99 ≤ 20 connections',
        noun: 'looks',
      },
    },
    {
      title: 'slices that are good or bad, each by the share of its own events',
      given: {
        metric: {
          ratioMetric: {
            good: ours({ measure: 'request', outcome: 'ok' }),
            total: ours({ measure: 'request' }),
          },
        },
        objectives: [{ target: 0.999, timeSliceTarget: 0.99, timeSliceWindow: '1m' }],
        spec: { budgetingMethod: 'Timeslices', timeWindow: [{ duration: '1Q', isRolling: true }] },
      },
      gives: {
        total: { measure: 'request' },
        good: { measure: 'request', outcome: 'ok' },
        slices: { lengthMs: 60_000, targetRatio: 0.99 },
        targetRatio: 0.999,
        windowMs: 90 * 86_400_000,
        promised: '99.9 % of minutes with ≥ 99 % good',
        noun: 'requests',
      },
    },
    {
      title: 'slices of half a minute whose shares are averaged',
      given: {
        metric: threshold(request),
        objectives: [{ op: 'lte', value: 300, target: 0.95, timeSliceWindow: 0.5 }],
        spec: { budgetingMethod: 'RatioTimeslices' },
      },
      gives: {
        total: request,
        good: { ...request, withinMs: 300 },
        slices: { lengthMs: 30_000 },
        targetRatio: 0.95,
        promised: 'p95 < 300 ms on average over slices of 30 s',
        noun: 'requests',
      },
    },
    {
      title: 'a ratio that was computed elsewhere is a mean held against the target',
      given: {
        metric: {
          ratioMetric: { rawType: 'failure', raw: metric('Prometheus', { query: 'errors', ...AT }) },
        },
        objectives: [{ target: 0.999 }],
      },
      gives: {
        total: { measure: 'query', name: 'errors', source: AT.url },
        statistic: 'mean',
        limit: { op: 'lte', value: 0.001 },
        unit: '',
        targetRatio: 0.999,
        promised: 'mean ≤ 0.001',
        noun: 'points',
      },
    },
    {
      title: 'two growing queries are a share of events',
      given: {
        metric: {
          ratioMetric: {
            counter: true,
            bad: metric('Prometheus', { query: 'bad', ...AT }),
            total: metric('Prometheus', { query: 'all', ...AT }),
          },
        },
        objectives: [{ target: 0.99 }],
      },
      gives: {
        total: { measure: 'query', name: 'all', source: AT.url, counter: true },
        bad: { measure: 'query', name: 'bad', source: AT.url, counter: true },
        targetRatio: 0.99,
        promised: '99 %',
        noun: 'events',
      },
    },
  ]
  for (const { title, given, gives } of rows)
    it(title, () => {
      assert.deepEqual(countedBy(given), [gives])
    })

  it('puts the objectives of a composite into one, each with its weight and target', () => {
    const indicator = (spec: Fields) => ({ metadata: { name: 'part' }, spec })
    const { objectives, refusals } = planned([
      sloOf({
        metric: {},
        objectives: [
          { target: 0.95, op: 'lte', value: 300, indicator: indicator(threshold(request)) },
          {
            ...{ target: 0.99, compositeWeight: 3 },
            indicator: indicator({
              ratioMetric: { good: ours({ ...request, outcome: 'ok' }), total: ours(request) },
            }),
          },
        ],
        spec: { indicator: undefined },
      }),
    ])
    assert.deepEqual(refusals, [])
    assert.deepEqual(
      objectives.map(({ members, targetRatio, promised }) => ({ members, targetRatio, promised })),
      [
        {
          members: [
            { weight: 1, total: request, good: { ...request, withinMs: 300 }, targetRatio: 0.95 },
            { weight: 3, total: request, good: { ...request, outcome: 'ok' }, targetRatio: 0.99 },
          ],
          targetRatio: 0.98,
          promised: 'one budget for p95 < 300 ms and 99 %',
        },
      ],
    )
  })

  it('has a number behind its name when the SLO has several', () => {
    const { objectives } = planned([
      sloOf({
        metric: { ratioMetric: { good: ours({ ...request, within: '300ms' }), total: ours(request) } },
        objectives: [{ target: 0.95 }, { target: 0.5 }],
      }),
    ])
    const told = objectives.map(({ name, promised }: PlannedObjective) => [name, promised])
    assert.deepEqual(told, [
      ['asked-1', 'p95 < 300 ms'],
      ['asked-2', 'median < 300 ms'],
    ])
  })
})

const dataSource = (type: string, connectionDetails: unknown): Fields => ({
  ...{ apiVersion: 'openslo/v1', kind: 'DataSource', metadata: { name: 'metrics' } },
  spec: { type, connectionDetails },
})
const asking = (spec: Fields, more: Fields): Fields =>
  sloOf({
    metric: { thresholdMetric: { metricSource: { spec, ...more } } },
    objectives: [{ op: 'lt', value: 5, target: 0.9 }],
  })
const REF = { metricSourceRef: 'metrics' }

describe('a data source', () => {
  it('gives its address and the names of variables to the plan, and no secret', () => {
    const details = [{ url: 'http://prometheus:9090/' }, { tokenEnv: 'PROM_TOKEN', token: 's3cret' }]
    const { sources, objectives } = planned([asking({ query: 'up' }, REF), dataSource('Prometheus', details)])
    assert.deepEqual(sources, [
      { name: 'metrics', type: 'Prometheus', url: 'http://prometheus:9090', tokenEnv: 'PROM_TOKEN' },
    ])
    assert.deepEqual(objectives[0]?.total, { measure: 'query', name: 'up', source: 'metrics' })
    assert.doesNotMatch(JSON.stringify({ sources, objectives }), /s3cret/)
  })

  const refused: readonly { title: string; documents: readonly Fields[]; why: RegExp; hint: RegExp }[] = [
    {
      title: 'of a type that only others read is told which can be judged',
      documents: [asking({ query: 'up' }, { type: 'Datadog' })],
      why: /^its numbers come from Datadog$/,
      hint: /gauntlet and Prometheus/,
    },
    {
      title: 'that was not read is named',
      documents: [asking({ query: 'up' }, REF)],
      why: /DataSource "metrics" was not read/,
      hint: /\*\.slo\.yaml/,
    },
    {
      title: 'that is of another type than its metric source says is refused',
      documents: [asking({ query: 'up' }, { ...REF, type: 'Prometheus' }), dataSource('Datadog', AT)],
      why: /says Prometheus, and its DataSource "metrics" is of type Datadog/,
      hint: /leave type out/,
    },
    {
      title: 'without an address is refused',
      documents: [asking({ query: 'up' }, REF), dataSource('Prometheus', { address: 'x' })],
      why: /nothing says where/,
      hint: /url:/,
    },
    {
      title: 'whose address holds a password is refused without showing it',
      documents: [asking({ query: 'up', url: 'http://me:s3cret@prometheus' }, { type: 'Prometheus' })],
      why: /^(?!.*s3cret).*more than an address/,
      hint: /tokenEnv/,
    },
    {
      title: 'whose variable is no name is refused without showing it',
      documents: [asking({ query: 'up' }, REF), dataSource('Prometheus', { ...AT, tokenEnv: 's3-cret' })],
      why: /^(?!.*s3-cret).*not the name of an environment variable/,
      hint: /tokenEnv: NAME/,
    },
    {
      title: 'is asked a query, not a template of one',
      documents: [asking({ query: 'up[{{.window}}]', ...AT }, { type: 'Prometheus' })],
      why: /its query is a template/,
      hint: /write out/,
    },
    {
      title: 'is asked something',
      documents: [asking({ ...AT }, { type: 'Prometheus' })],
      why: /has no query/,
      hint: /query/,
    },
  ]
  for (const { title, documents, why, hint } of refused)
    it(title, () => {
      const { objectives, refusals } = planned(documents)
      assert.deepEqual(objectives, [])
      assert.equal(refusals.length, 1)
      assert.match(refusals[0]?.why ?? '', why)
      assert.match(refusals[0]?.hint ?? '', hint)
    })
})

describe('an SLO that could only end one way, or that nobody can judge here', () => {
  const ok = {
    ratioMetric: { good: ours({ measure: 'request', outcome: 'ok' }), total: ours({ measure: 'request' }) },
  }
  const query = metric('Prometheus', { query: 'all', ...AT })
  const rows: readonly (readonly [title: string, given: Given, why: RegExp])[] = [
    ['a target of 0 is kept by everything', { metric: ok, objectives: [{ target: 0 }] }, /target is 0/],
    [
      'good and total are one query',
      { metric: { ratioMetric: { good: query, total: query } }, objectives: [{ target: 0.9 }] },
      /good and total are one query, so it could only be met/,
    ],
    [
      'good and total come from different kinds of source',
      { metric: { ratioMetric: { good: ours(request), total: query } }, objectives: [{ target: 0.9 }] },
      /different kinds of source/,
    ],
    [
      'a ratio without its events cannot make slices good or bad',
      {
        metric: { ratioMetric: { rawType: 'success', raw: query } },
        objectives: [{ target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1 }],
        spec: { budgetingMethod: 'Timeslices' },
      },
      /cannot be cut into good and bad slices/,
    ],
    [
      'a composite of slices',
      {
        metric: {},
        objectives: [1, 2].map((n) => ({
          ...{ target: 0.9, timeSliceWindow: n },
          indicator: { metadata: { name: 'part' }, spec: ok },
        })),
        spec: { indicator: undefined, budgetingMethod: 'RatioTimeslices' },
      },
      /composite of slices/,
    ],
  ]
  for (const [title, given, why] of rows)
    it(`is refused: ${title}`, () => {
      const { objectives, refusals } = planned([sloOf(given)])
      assert.deepEqual(objectives, [])
      assert.match(refusals.map((one) => one.why).join(), why)
    })

  it('is refused when it names an SLI that was not read', () => {
    const slo = sloOf({
      metric: {},
      objectives: [{ target: 0.9 }],
      spec: { indicator: undefined, indicatorRef: 'gone' },
    })
    assert.deepEqual(
      planned([slo]).refusals.map((one) => one.why),
      ['its SLI "gone" was not read'],
    )
  })
})

it('a limit of a metric that cannot be counted is refused: below 0, and at 0 what lies on it', () => {
  const refusalOf = (op: string, value: number) =>
    planned([
      sloOf({
        metric: threshold({ measure: 'metric', name: 'depth' }),
        objectives: [{ op, value, target: 0.9 }],
      }),
    ]).refusals.map(({ why }) => why)
  for (const [op, value] of [
    ['lte', -5],
    ['gte', -10],
    ['lt', 0],
    ['gte', 0],
  ] as const)
    assert.match(refusalOf(op, value).join(), /cannot be counted/)
  for (const [op, value] of [
    ['lte', 0],
    ['gt', 0],
    ['gte', 1],
  ] as const)
    assert.deepEqual(refusalOf(op, value), [])
})
