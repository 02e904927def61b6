import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { test } from 'node:test'
import { behindProxy } from './testing/behind-proxy.ts'

/** RFC 6455, 1.3: what every server appends to the key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Sends each short text back, with its own header in front so that it is seen what the request became. */
function echo() {
  const server = createServer()
  server.on('upgrade', ({ headers }: IncomingMessage, socket: Duplex) => {
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${GUID}`).digest('base64')
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`)
    socket.on('data', (frame: Buffer) => {
      const isText = frame[0] === 0x81
      if (isText) socket.write(textFrame(`${headers['x-rule'] ?? ''} ${unmasked(frame)}`))
      else socket.end(Buffer.from([0x88, 0]))
    })
  })
  return server
}

/** One whole frame of a client with fewer than 126 bytes: RFC 6455, 5.2. */
function unmasked(frame: Buffer): string {
  const mask = frame.subarray(2, 6)
  return Buffer.from(frame.subarray(6).map((byte, at) => byte ^ mask[at % 4]!)).toString()
}

function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)])
}

test('a WebSocket opens through a rule that rewrites its request, and its messages pass both ways', async () => {
  const replace = { headers: { 'X-Rule': 'rewritten' } }
  await using proxy = await behindProxy(echo(), { target: 'Request', replace })
  const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}/live`)
  await once(socket, 'open')
  for (const text of ['hello', 'GET / HTTP/1.1', 'grüße']) {
    socket.send(text)
    const [{ data }] = await once(socket, 'message')
    assert.equal(data, `rewritten ${text}`)
  }
  socket.close()
  await once(socket, 'close')
  assert.deepEqual([proxy.counts.messages, proxy.counts.applied, proxy.counts.untouched], [1, 1, 1])
})
