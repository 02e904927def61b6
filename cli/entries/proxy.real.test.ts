import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { type StartedCarrier, startEntry } from '../../chaos/drivers/local/carrier/testing.ts'
import { until } from '../../reports/run/testing.ts'

const upstream = createServer((socket) => void socket.pipe(socket).on('error', () => {}))
await once(upstream.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }), 'listening')
after(() => upstream.close())

function portOf(listen: string): number {
  return Number(listen.split(':').at(-1))
}

async function carrier(
  leaseMs: number,
  passesOnMs?: number,
): Promise<{ carrier: StartedCarrier; port: number }> {
  const carrier = await startEntry('proxy', leaseMs, ...(passesOnMs === undefined ? [] : [passesOnMs]))
  const address = upstream.address()
  assert.ok(typeof address === 'object' && address !== null)
  const wanted = { name: 'link', listen: '127.0.0.1:0', upstream: `127.0.0.1:${address.port}` }
  const { body } = await carrier.ask('POST', '/proxies', wanted)
  assert.ok(typeof body === 'object' && body !== null && 'listen' in body)
  return { carrier, port: portOf(String(body.listen)) }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  after(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  const [bytes] = await once(socket, 'data')
  return String(bytes)
}

const HOUR_MS = 3_600_000
const slow = { type: 'latency', attributes: { latency: HOUR_MS } }

test('a lease that runs out takes every toxic off, and bytes go on passing', async () => {
  const { carrier: proxy, port } = await carrier(1_500)
  const socket = await open(port)
  await until('the lease is held', async () => {
    proxy.beat()
    return (await proxy.ask('POST', '/proxies/link/toxics', slow)).status === 200
  })
  assert.equal(await ask(socket, 'held, then let go'), 'held, then let go')
  const { body } = await proxy.ask('GET', '/proxies/link/toxics')
  assert.deepEqual(body, [])
  assert.equal((await proxy.ask('POST', '/proxies/link/toxics', slow)).status, 409)
})

test('when its input closes faults are off, and it passes on whoever comes until its proxies are deleted', async () => {
  const { carrier: proxy, port } = await carrier(HOUR_MS)
  const socket = await open(port)
  await proxy.ask('POST', '/proxies/link/toxics', slow)
  const answer = ask(socket, 'held')
  proxy.child.stdin?.end()
  assert.equal(await answer, 'held')
  assert.equal(await ask(socket, 'and on'), 'and on')
  assert.equal(proxy.child.exitCode, null)
  socket.destroy()
  assert.equal(await ask(await open(port), 'newly come'), 'newly come')
  assert.equal((await fetch(`${proxy.url}/proxies/link`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await proxy.exited, { code: 0, signal: null })
})

test('a proxy that nobody deletes ends in the end, though somebody is connected', async () => {
  const { carrier: proxy, port } = await carrier(HOUR_MS, 300)
  await open(port)
  proxy.child.stdin?.end()
  assert.deepEqual(await proxy.exited, { code: 0, signal: null })
})

test('SIGTERM ends it', async () => {
  const { carrier: proxy } = await carrier(HOUR_MS)
  proxy.child.kill('SIGTERM')
  assert.deepEqual(await proxy.exited, { code: 0, signal: null })
})

const MANY = 5_000

test(`${MANY} connections pass through one proxy at once, with a toxic and without`, async () => {
  const { carrier: proxy, port } = await carrier(HOUR_MS)
  const sockets: Socket[] = []
  for (let batch = 0; batch < MANY / 250; batch++)
    sockets.push(...(await Promise.all(Array.from({ length: 250 }, () => open(port)))))
  let answered = 0
  for (const socket of sockets) socket.on('data', () => answered++)
  for (const socket of sockets) socket.write('x')
  await until('all are answered', () => answered === MANY)
  await proxy.ask('POST', '/proxies/link/toxics', { type: 'latency', attributes: { latency: 50 } })
  for (const socket of sockets) socket.write('y')
  await until('all are answered again', () => answered === 2 * MANY)
})
