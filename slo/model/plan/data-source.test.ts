import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AT, type Fields, planned, sloOf } from './testing.ts'

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
