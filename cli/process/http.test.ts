import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { createHttp } from './http.ts'
import { testFolder } from './testing/place.ts'

const folder = testFolder()
const http = createHttp()

async function withServer(answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  try {
    await use(`http://127.0.0.1:${address.port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('sends JSON with the token of the file, read at that moment, and gives status and body back', async () => {
  const tokenFile = join(folder, 'token')
  const echo: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    response
      .writeHead(418)
      .end(JSON.stringify({ method: request.method, said: request.headers.authorization, body }))
  }
  await withServer(echo, async (url) => {
    for (const token of ['first', 'second']) {
      writeFileSync(tokenFile, `${token}\n`)
      const reply = await http.send({ method: 'PUT', url, tokenFile, body: { on: true } })
      const body = { method: 'PUT', said: `Bearer ${token}`, body: '{"on":true}' }
      assert.deepEqual(reply, { status: 418, body })
    }
  })
})

test('a body that is not JSON is its text, an empty one null', async () => {
  await withServer(
    (request, response) => void response.end(request.url === '/text' ? 'hello' : ''),
    async (url) => {
      assert.deepEqual(await http.send({ url: `${url}/text` }), { status: 200, body: 'hello' })
      assert.deepEqual(await http.send({ url }), { status: 200, body: null })
    },
  )
})

test('nobody there, no reply in time and an unreadable token are replies with a reason', async () => {
  let closed = ''
  await withServer(
    () => {},
    async (url) => {
      closed = url
      const reply = await http.send({ url, timeoutMs: 50 })
      assert.deepEqual(reply, { status: null, reason: 'no reply within 50 ms' })
    },
  )
  const refused = await http.send({ url: closed })
  assert.match(refused.status === null ? refused.reason : '', /ECONNREFUSED/)
  const token = await http.send({ url: closed, tokenFile: join(folder, 'missing') })
  assert.match(token.status === null ? token.reason : '', /ENOENT.*missing/)
})

test('a request with a Unix socket goes there, and one that nobody answers says why', async () => {
  const socketPath = join(folder, 'asked.sock')
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    if (request.url !== '/silent') response.writeHead(409).end(JSON.stringify({ url: request.url, body }))
  }).listen(socketPath)
  await once(server, 'listening')
  try {
    const asked = { method: 'POST', url: 'http://docker/v1.41/x?y=1', socketPath, body: { z: 1 } } as const
    const body = { url: '/v1.41/x?y=1', body: '{"z":1}' }
    assert.deepEqual(await http.send(asked), { status: 409, body })
    const late = await http.send({ url: 'http://docker/silent', socketPath, timeoutMs: 50 })
    assert.deepEqual(late, { status: null, reason: 'no reply within 50 ms' })
  } finally {
    server.closeAllConnections()
    server.close()
  }
  const nobody = await http.send({ url: 'http://docker/', socketPath: join(folder, 'nobody.sock') })
  assert.match(nobody.status === null ? nobody.reason : '', /ENOENT.*nobody\.sock/)
})
