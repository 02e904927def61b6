import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PlannedObjective } from '../../../reports/run/index.ts'
import { AT, type Fields, type Given, metric, ours, planned, sloOf, threshold } from './testing.ts'

const PROBE = { measure: 'probe', name: 'orders/resident-bytes' }

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
