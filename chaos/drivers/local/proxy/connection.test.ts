import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { connect as connectTls, createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { until } from '../../../../reports/run/testing.ts'
import { listen, startRig } from './testing/rig.ts'

test('many megabytes come back through it as they were sent', async () => {
  const rig = await startRig()
  const { socket } = await rig.connect()
  socket.removeAllListeners('data')
  const sent = randomBytes(20e6)
  const hash = createHash('sha256')
  let receivedBytes = 0
  socket.on('data', (bytes) => {
    hash.update(bytes)
    receivedBytes += bytes.length
  })
  socket.end(sent)
  await once(socket, 'end')
  assert.equal(receivedBytes, sent.length)
  assert.equal(hash.digest('hex'), createHash('sha256').update(sent).digest('hex'))
})

test('the end of the client is passed on alone: the server answers after it', async () => {
  const rig = await startRig((socket) => socket.resume().once('end', () => socket.end('after your end')))
  const client = await rig.connect()
  client.socket.end('question')
  await client.got('after your end')
  assert.equal(await client.ended, 'end')
})

test('the end of the server is passed on alone: the client goes on sending', async () => {
  let heard = ''
  const rig = await startRig((socket) => {
    socket.on('data', (bytes) => {
      heard += bytes
    })
    socket.end('bye')
  })
  const client = await rig.connect()
  await client.got('bye')
  assert.equal(await client.ended, 'end')
  client.send('still here')
  await until('the server hears it', () => heard === 'still here')
})

test('a reader that does not read makes the source wait, and memory does not grow', async () => {
  let sentBytes = 0
  const rig = await startRig((socket) => {
    const more = (): void => {
      do sentBytes += 65_536
      while (socket.write(Buffer.alloc(65_536)) && sentBytes < 200e6)
    }
    socket.on('drain', more)
    more()
  })
  const client = await rig.connect()
  client.socket.pause()
  let before = -1
  await until('nothing moves any more', () => {
    const isStill = before === sentBytes
    before = sentBytes
    return isStill
  })
  const { receivedBytes, sentBytes: passedBytes } = rig.proxies.get('link')!.traffic.downstream
  assert.ok(sentBytes < 50e6, `the server could send ${sentBytes} bytes`)
  assert.ok(receivedBytes - passedBytes <= 16_384, `${receivedBytes - passedBytes} bytes are held`)
  client.socket.removeAllListeners('data').resume()
  await until('it goes on', () => rig.proxies.get('link')!.traffic.downstream.sentBytes > 2 * passedBytes)
})

test('a reset on one side is a reset on the other', async () => {
  const accepted = Promise.withResolvers<Socket>()
  const rig = await startRig((socket) => accepted.resolve(socket))
  const client = await rig.connect()
  const server = await accepted.promise
  server.write('hello')
  await client.got('hello')
  server.resetAndDestroy()
  assert.equal(await client.ended, 'ECONNRESET')
})

test('an upstream that refuses closes the connection of the client', async () => {
  const rig = await startRig()
  const server = createServer()
  const port = await listen(server)
  server.close()
  await rig.ask('PATCH', '/proxies/link', { upstream: `127.0.0.1:${port}` })
  const client = await rig.connect()
  assert.match(await client.ended, /end|ECONNRESET/)
})

test('when both sides are gone nothing of the connection is left', async () => {
  const rig = await startRig()
  const client = await rig.connect()
  await until('it is open', () => rig.proxies.openConnections === 1)
  client.socket.end()
  await until('it is gone', () => rig.proxies.openConnections === 0)
})

test('TLS passes untouched', async () => {
  const secret = Buffer.from('only for this test')
  const psk: TlsOptions = { ciphers: 'PSK', maxVersion: 'TLSv1.2', pskCallback: () => secret }
  const upstream = await listen(createTlsServer(psk, (socket) => void socket.pipe(socket)))
  const rig = await startRig()
  await rig.ask('PATCH', '/proxies/link', { upstream: `127.0.0.1:${upstream}` })
  const socket = connectTls({
    ...{ port: rig.port, host: '127.0.0.1', ciphers: 'PSK', maxVersion: 'TLSv1.2' },
    pskCallback: () => ({ psk: secret, identity: 'test' }),
    checkServerIdentity: () => undefined,
  })
  socket.write('sealed')
  const [bytes] = await once(socket, 'data')
  socket.destroy()
  assert.equal(String(bytes), 'sealed')
})
