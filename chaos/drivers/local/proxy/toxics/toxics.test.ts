import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../../../../reports/run/testing.ts'
import { startRig } from '../testing/rig.ts'

const HOUR_MS = 3_600_000

test('what a removed latency still held comes at once, in order, its end too', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('latency', { latency: HOUR_MS }, { stream: 'upstream' })
  client.send('one ')
  client.send('two ')
  client.socket.end('three')
  await until('all is held', () => rig.proxies.get('link')!.traffic.upstream.receivedBytes === 13)
  assert.equal(client.received, '')
  await rig.remove('latency')
  await client.got('one two three')
  assert.equal(await client.ended, 'end')
})

test('a latency that is updated lets go of what it held', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('latency', { latency: HOUR_MS })
  client.send('held')
  await until('it is held', () => rig.proxies.get('link')!.traffic.downstream.receivedBytes === 4)
  await rig.ask('PATCH', '/proxies/link/toxics/latency', { attributes: { latency: 1 } })
  await client.got('held')
})

for (const [first, second] of [
  ['latency', 'bandwidth'],
  ['bandwidth', 'latency'],
])
  test(`two toxics on one link lose nothing and keep the order when ${first} goes before ${second}`, async () => {
    const rig = await startRig()
    const client = await rig.connect()
    await rig.add('latency', { latency: HOUR_MS })
    await rig.add('bandwidth', { rate: 0 })
    const text = Array.from({ length: 5_000 }, (_, index) => `${index} `).join('')
    client.send(text)
    const { traffic } = rig.proxies.get('link')!
    await until('all is held', () => traffic.downstream.receivedBytes <= text.length)
    await rig.remove(first!)
    client.send('later')
    await rig.remove(second!)
    await client.got(`${text}later`)
  })

test('timeout hangs until it is removed, and then closes', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('timeout', { timeout: 0 })
  client.send('lost')
  await until(
    'the answer is swallowed',
    () => rig.proxies.get('link')!.traffic.downstream.receivedBytes === 4,
  )
  assert.equal(client.received, '')
  await rig.remove('timeout')
  assert.match(await client.ended, /end|ECONNRESET/)
  assert.equal(client.received, '')
})

test('timeout closes by itself after its time', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('timeout', { timeout: 20 })
  assert.match(await client.ended, /end|ECONNRESET/)
})

test('reset_peer is a TCP reset, for a connection that was open before too', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('reset_peer', { timeout: 5 }, { stream: 'upstream' })
  client.send('x')
  assert.equal(await client.ended, 'ECONNRESET')
})

test('limit_data lets exactly so many bytes through, and an update goes on counting', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('limit_data', { bytes: 100 })
  client.send('12345')
  await client.got('12345')
  await rig.ask('PATCH', '/proxies/link/toxics/limit_data', { attributes: { bytes: 7 } })
  client.send('6789')
  assert.match(await client.ended, /end|ECONNRESET/)
  assert.equal(client.received, '1234567')
})

test('slicer cuts what is sent at once into pieces of the size asked for', async () => {
  const pieces: number[] = []
  const rig = await startRig((socket) => void socket.on('data', ({ length }) => pieces.push(length)))
  const client = await rig.connect()
  await rig.add('slicer', { average_size: 10, size_variation: 3, delay: 20_000 }, { stream: 'upstream' })
  // a machine that was busy meanwhile reads several at once
  await until('it comes in pieces', async () => {
    pieces.length = 0
    client.send('x'.repeat(100))
    await until('all is there', () => pieces.reduce((sum, one) => sum + one, 0) === 100)
    return pieces.length >= 4
  })
})

test('bandwidth lets no more through than its rate', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('bandwidth', { rate: 100 })
  const text = 'x'.repeat(30_000)
  const beganMs = performance.now()
  client.send(text)
  await client.got(text)
  assert.ok(performance.now() - beganMs >= 290, 'it came faster than 100 KB a second')
})

test('a rate of less than a byte in a portion lets them through one by one', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('bandwidth', { rate: 0.05 })
  const beganMs = performance.now()
  client.send('slow')
  await client.got('slow')
  assert.ok(performance.now() - beganMs >= 79, 'it came faster than 50 bytes a second')
})

test('what a toxic did to ends and pieces is told', async () => {
  const rig = await startRig((socket) => void socket.resume().once('end', () => socket.end('cut me up')))
  const client = await rig.connect()
  await rig.add('slicer', { average_size: 2 })
  await rig.add('slow_close', { delay: 50 })
  const effectOf = async (toxic: string) => {
    const { body } = await rig.ask('GET', `/proxies/link/toxics/${toxic}/effect`)
    return body as { receivedPieces: number; sentPieces: number; endsHeldMs: { max: number } | null }
  }
  assert.equal((await effectOf('slow_close')).endsHeldMs, null)
  client.socket.end()
  assert.equal(await client.ended, 'end')
  const sliced = await effectOf('slicer')
  assert.deepEqual([sliced.receivedPieces, sliced.sentPieces], [1, 5])
  const { endsHeldMs } = await effectOf('slow_close')
  assert.ok((endsHeldMs?.max ?? 0) >= 50, `the end was held for ${endsHeldMs?.max} ms`)
})

test('slow_close delays the end and nothing else', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('slow_close', { delay: HOUR_MS })
  client.socket.end('all of it')
  await client.got('all of it')
  let hasEnded = false
  void client.ended.then(() => {
    hasEnded = true
  })
  await until('the server ended', () => rig.proxies.get('link')!.traffic.downstream.sentBytes === 9)
  await pause(20)
  assert.equal(hasEnded, false)
  await rig.remove('slow_close')
  assert.equal(await client.ended, 'end')
})

test('loss stalls and loses nothing', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('loss', { probability: 0.3, seed: 2 })
  const beganMs = performance.now()
  for (let count = 1; count <= 6; count++) {
    client.send(String(count))
    await client.got('123456'.slice(0, count))
  }
  assert.ok(performance.now() - beganMs >= 195, 'none of six was lost')
})

test('cut refuses new connections, ends the open ones, and is over when it is removed', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await rig.add('cut')
  assert.match(await client.ended, /end|ECONNRESET/)
  const [error] = await once(connect({ port: rig.port, host: '127.0.0.1' }), 'error')
  assert.equal(error.code, 'ECONNREFUSED')
  await rig.remove('cut')
  const next = await rig.connect()
  next.send('back')
  await next.got('back')
})

test('a frozen connection holds both ways, and goes on where it stood', async () => {
  const heard: string[] = []
  const rig = await startRig((socket) => {
    socket.on('data', (bytes) => {
      heard.push(String(bytes))
      socket.write(`heard ${bytes}`)
    })
  })
  const client = await rig.connect()
  client.send('a')
  await client.got('heard a')
  await rig.add('cut', { open: 'freeze' })
  client.send('b')
  await until('it is held', () => rig.proxies.get('link')!.traffic.upstream.receivedBytes === 2)
  assert.deepEqual(heard, ['a'])
  await rig.remove('cut')
  await client.got('heard aheard b')
})

test('toxicity is the share of connections that a toxic acts on', async () => {
  const rig = await startRig()
  await rig.add('latency', { latency: HOUR_MS }, { toxicity: 0.5 })
  const clients = await Promise.all(Array.from({ length: 60 }, () => rig.connect()))
  for (const client of clients) client.send('x')
  await until('all were answered', () => rig.proxies.get('link')!.traffic.downstream.receivedBytes === 60)
  const answered = () => clients.filter(({ received }) => received === 'x').length
  await until('some are answered', () => answered() > 10)
  await pause(20)
  assert.ok(answered() < 50, `${answered()} of 60 were answered`)
})
