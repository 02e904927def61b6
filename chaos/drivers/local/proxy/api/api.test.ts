import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { Proxies } from '../proxies.ts'
import { startRig } from '../testing/rig.ts'
import { serveApi } from './server.ts'

const rig = await startRig()
const { ask, port } = rig
const upstream = '127.0.0.1:9'

const ERRORS: readonly [string, string, object | undefined, number, string][] = [
  ['GET', '/proxies/none', undefined, 404, 'proxy not found'],
  ['DELETE', '/proxies/none', undefined, 404, 'proxy not found'],
  ['GET', '/proxies/link/toxics/none', undefined, 404, 'toxic not found'],
  ['POST', '/proxies', { upstream }, 400, 'missing required field: name'],
  ['POST', '/proxies', { name: 'x' }, 400, 'missing required field: upstream'],
  ['POST', '/proxies', { name: 'link', upstream }, 409, 'proxy already exists'],
  ['POST', '/populate', [{ upstream }], 400, 'missing required field: name at proxy 1'],
  ['POST', '/proxies/link/toxics', { type: 'none' }, 400, 'invalid toxic type'],
  [
    'POST',
    '/proxies/link/toxics',
    { type: 'latency', stream: 'sideways' },
    400,
    'stream was invalid, can be either upstream or downstream',
  ],
]
for (const [method, path, body, status, error] of ERRORS)
  test(`${method} ${path} of ${JSON.stringify(body)} is refused in Toxiproxy's words`, async () => {
    assert.deepEqual(await ask(method, path, body), { status, body: { error, status } })
  })

test('a port that is taken is an error that names it, and the proxy is not kept', async () => {
  const listen = `127.0.0.1:${port}`
  const reply = await ask('POST', '/proxies', { name: 'second', listen, upstream })
  const error = `listen tcp ${listen}: bind: address already in use`
  assert.deepEqual(reply, { status: 500, body: { error, status: 500 } })
  assert.equal((await ask('GET', '/proxies/second')).status, 404)
})

test('a toxic has its defaults, keeps on update what is not given, and is shown in the proxy', async () => {
  const wanted = { type: 'latency', stream: 'upstream', attributes: { latency: 5 } }
  const shown = { name: 'latency_upstream', type: 'latency', stream: 'upstream', toxicity: 1 }
  assert.deepEqual(await ask('POST', '/proxies/link/toxics', wanted), {
    status: 200,
    body: { ...shown, attributes: { latency: 5, jitter: 0 } },
  })
  const path = '/proxies/link/toxics/latency_upstream'
  const updated = { ...shown, toxicity: 0.5, attributes: { latency: 5, jitter: 2 } }
  assert.deepEqual(await ask('POST', path, { toxicity: 0.5, attributes: { jitter: 2 } }), {
    status: 200,
    body: updated,
  })
  assert.deepEqual((await ask('GET', '/proxies/link/toxics')).body, [updated])
  assert.equal((await ask('POST', '/proxies/link/toxics', wanted)).status, 409)
  assert.equal((await ask('PATCH', path, { attributes: { latency: 'much' } })).status, 400)
  assert.deepEqual(await ask('POST', '/reset'), { status: 204, body: undefined })
  assert.deepEqual((await ask('GET', '/proxies/link/toxics')).body, [])
})

test('a proxy that is switched off refuses and closes what is open; on again it is where it was', async () => {
  const client = await rig.connect()
  await ask('PATCH', '/proxies/link', { enabled: false })
  assert.match(await client.ended, /end|ECONNRESET/)
  await assert.rejects(rig.connect(), { code: 'ECONNREFUSED' })
  await ask('POST', '/proxies/link', { enabled: true })
  const next = await rig.connect()
  next.send('back')
  await next.got('back')
})

test('without a lease nothing new is begun, and everything can be taken back', async () => {
  const proxies = new Proxies()
  const api = await serveApi({ proxies, port: 0, mayInject: () => false })
  const statusOf = async (method: string, path: string) => (await fetch(api.url + path, { method })).status
  assert.deepEqual(
    [await statusOf('POST', '/proxies'), await statusOf('POST', '/reset'), await statusOf('GET', '/proxies')],
    [409, 204, 200],
  )
  api.close()
})

test('a client that stops in the middle of its request holds up nobody', async () => {
  const half = connect(Number(new URL(rig.url).port), '127.0.0.1')
  after(() => half.destroy())
  half.write('POST /proxies HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
  await once(half, 'connect')
  // what is sent now is heard after what was sent before
  assert.equal((await ask('GET', '/version')).status, 200)
  assert.equal((await ask('POST', '/reset')).status, 204)
})

test("a browser's page is not let near", async () => {
  const headers = { 'user-agent': 'Mozilla/5.0' }
  assert.equal((await fetch(`${rig.url}/proxies`, { headers })).status, 403)
})
