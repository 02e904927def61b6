import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { testFolder } from '../../process/testing/place.ts'
import { examineSources } from './doctor-sources.ts'

const folder = testFolder()
const server = createServer((request, response) => {
  if (!request.url?.startsWith('/api/v1/query?')) return response.writeHead(404).end('not here')
  const data = { resultType: 'vector', result: [{ metric: {}, value: [1, '1'] }] }
  return response.end(JSON.stringify({ status: 'success', data }))
})
const url = await onLoopback(server)

/** A project with one SLO on a Prometheus that is reached so. */
function project(name: string, details: Readonly<Record<string, string>>): string {
  const root = join(folder, name)
  mkdirSync(root)
  const metricSource = { metricSourceRef: 'metrics', spec: { query: 'up' } }
  const objects = [
    {
      kind: 'DataSource',
      metadata: { name: 'metrics' },
      spec: { type: 'Prometheus', connectionDetails: details },
    },
    {
      kind: 'SLO',
      metadata: { name: 'up' },
      spec: {
        service: 'front',
        indicator: { metadata: { name: 'up' }, spec: { thresholdMetric: { metricSource } } },
        timeWindow: [{ duration: '28d', isRolling: true }],
        budgetingMethod: 'Occurrences',
        objectives: [{ op: 'gte', value: 1, target: 0.9 }],
      },
    },
  ].map((one) => JSON.stringify({ apiVersion: 'openslo/v1', ...one }))
  writeFileSync(join(root, 'up.slo.yaml'), objects.join('\n---\n'))
  writeFileSync(
    join(root, 'gauntlet.config.mjs'),
    `export default { target: {}, content: { objectives: ['.'] } }`,
  )
  return root
}

test('a source that answers is ready', async () => {
  const found = await examineSources(project('answers', { url }))
  assert.deepEqual(found, [{ state: 'ready', name: 'Prometheus metrics', about: url }])
})

test('one that does not answer, and one without its key, are silent and say why', async () => {
  const [elsewhere] = await examineSources(project('elsewhere', { url: `${url}/elsewhere` }))
  assert.deepEqual([elsewhere?.state, elsewhere?.about], ['silent', 'status 404, not here'])
  const [locked] = await examineSources(project('locked', { url, tokenEnv: 'NOBODY_SETS_THIS_TOKEN' }))
  assert.deepEqual([locked?.state, locked?.about], ['silent', 'NOBODY_SETS_THIS_TOKEN is not set'])
})

test('without a project nothing is asked, and a project that cannot be read is missing', async () => {
  assert.deepEqual(await examineSources(folder), [])
  const broken = join(folder, 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'gauntlet.config.mjs'), 'export default { targets: {} }')
  const [only] = await examineSources(broken)
  assert.equal(only?.state, 'missing')
})
