import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { GauntletError, type PlannedSource } from '../../../reports/run/index.ts'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { PLAN } from '../../../slo/judge/testing/run.ts'
import { checkSourceKeys, openedHttp } from './source-keys.ts'

const source = (more: Partial<PlannedSource> = {}): PlannedSource => ({
  ...{ name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:9' },
  ...more,
})
const BASIC = { usernameEnv: 'METRICS_USER', passwordEnv: 'METRICS_PASSWORD' }

test('each key that is missing, or could not be sent, is named before anything starts; its value never is', () => {
  const sources = [source({ tokenEnv: 'METRICS_TOKEN' }), source({ name: 'other', ...BASIC })]
  const environment = { METRICS_TOKEN: 'sec\nret', METRICS_USER: 'ann' }
  assert.throws(
    () => checkSourceKeys({ ...PLAN, sources }, environment),
    (error) => {
      assert.ok(error instanceof GauntletError)
      assert.equal(
        error.message,
        'not in the environment: METRICS_TOKEN, which opens metrics; METRICS_PASSWORD, which opens other',
      )
      assert.equal(error.exit, 'refused')
      return true
    },
  )
  checkSourceKeys({ ...PLAN, sources }, { ...environment, METRICS_TOKEN: 's', METRICS_PASSWORD: 'p' })
})

test('a source is asked with its token, or with its name and password, or with nothing', async (t) => {
  const server = createServer(
    ({ headers }, response) => void response.end(JSON.stringify(headers.authorization ?? null)),
  )
  const url = await onLoopback(server, t)
  const environment = { TOKEN: 'secret', METRICS_USER: 'ann', METRICS_PASSWORD: 'pass:word' }
  const { context } = fakeContext()
  const said = async (one: PlannedSource) => openedHttp(one, context.http, environment).send({ url })
  assert.deepEqual(await said(source({ tokenEnv: 'TOKEN' })), { status: 200, body: 'Bearer secret' })
  const pair = Buffer.from('ann:pass:word').toString('base64')
  assert.deepEqual(await said(source(BASIC)), { status: 200, body: `Basic ${pair}` })
  assert.equal(openedHttp(source(), context.http, environment), context.http)
})
