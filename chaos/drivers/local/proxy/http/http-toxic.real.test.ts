import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { serveApi } from '../api/server.ts'
import { Proxies } from '../proxies.ts'
import { behindProxy } from './testing/behind-proxy.ts'

interface Answer {
  readonly code: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Tells what it was asked, as JSON; `/gzip` so that it cannot be patched. */
function echo() {
  return createServer(async (incoming, outgoing) => {
    const { method, url, headers } = incoming
    const said = JSON.stringify({ method, url, headers, body: await text(incoming), status: 'ok' })
    const isZipped = url === '/gzip'
    if (isZipped) outgoing.setHeader('Content-Encoding', 'gzip')
    if (url === '/length') outgoing.setHeader('Content-Length', Buffer.byteLength(said))
    outgoing.end(isZipped ? gzipSync(said) : said)
  })
}

async function ask(port: number, options: RequestOptions & { body?: string } = {}): Promise<Answer> {
  const { body, ...rest } = options
  const sent = request({ host: '127.0.0.1', port, agent: false, ...rest })
  sent.end(body)
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  assert.ok(answer)
  return { code: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

describe('the toxic http before a server of node:http', () => {
  it('resets the connections of the requests that match, and passes all others', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Request', path: '/orders/*', abort: true })
    await assert.rejects(ask(proxy.port, { path: '/orders/7' }), { code: 'ECONNRESET' })
    assert.equal((await ask(proxy.port, { path: '/coupons' })).code, 200)
    assert.equal(proxy.counts.matched, 1)
    assert.equal(proxy.counts.messages, 2)
  })

  it('draws the same messages again by the same seed, whatever its name, and others by another', async () => {
    const hits = async (name: string, seed: number): Promise<string> => {
      await using proxy = await behindProxy(echo())
      proxy.add({ target: 'Response', replace: { code: 503 }, share: 0.5, seed }, name)
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const codes: (number | undefined)[] = []
      while (codes.length < 32) codes.push((await ask(proxy.port, { agent })).code)
      agent.destroy()
      return codes.join(' ')
    }
    const first = await hits('run-1', 7)
    assert.equal(await hits('run-2', 7), first)
    assert.notEqual(await hits('run-1', 8), first)
  })

  it('holds a message that matches while another connection goes on', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Response', path: '/slow', delay: '1h' })
    const order: string[] = []
    const slow = ask(proxy.port, { path: '/slow' }).then(() => order.push('slow'))
    while (proxy.counts.applied === 0) await new Promise((resolve) => setImmediate(resolve))
    await ask(proxy.port, { path: '/quick' }).then(() => order.push('quick'))
    assert.deepEqual(order, ['quick'])
    await proxy.takeBack()
    await slow
  })

  it('holds a message for as long as it says', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Response', delay: '300ms' })
    const startMs = performance.now()
    assert.equal((await ask(proxy.port)).code, 200)
    assert.ok(performance.now() - startMs >= 299)
  })

  it('patches answers of either framing so that the client reads them whole', async () => {
    const patch = { body: { type: 'JSON', value: '{"status":"failed","body":null}' } }
    await using proxy = await behindProxy(echo(), { target: 'Response', patch })
    for (const path of ['/chunked', '/length']) {
      const { body, headers } = await ask(proxy.port, { path })
      const said = JSON.parse(body)
      assert.equal(said.status, 'failed')
      assert.ok(!('body' in said))
      assert.equal(Number(headers['content-length']), Buffer.byteLength(body))
    }
  })

  it('passes a compressed body as it came, and says so in its counts', async () => {
    const patch = { body: { type: 'JSON', value: '{}' } }
    await using proxy = await behindProxy(echo(), { target: 'Response', patch })
    assert.equal((await ask(proxy.port, { path: '/gzip' })).headers['content-encoding'], 'gzip')
    assert.equal(proxy.counts.notApplied.compressed, 1)
    assert.equal(proxy.counts.applied, 0)
  })

  it('rewrites method, path, query, headers and body of a request on its way', async () => {
    const replace = {
      ...{ method: 'PUT', path: '/b', queries: { x: '2' }, headers: { 'X-Who': 'us' } },
      body: Buffer.from('new').toString('base64'),
    }
    await using proxy = await behindProxy(echo(), { target: 'Request', replace })
    const { body } = await ask(proxy.port, { method: 'POST', path: '/a?x=1&y=3', body: 'a longer old body' })
    const said = JSON.parse(body)
    assert.deepEqual([said.method, said.url, said.body], ['PUT', '/b?x=2&y=3', 'new'])
    assert.equal(said.headers['x-who'], 'us')
  })

  it('keeps a kept-alive connection in step through a hundred rewritten answers', async () => {
    const replace = { code: 503, body: Buffer.from('no').toString('base64') }
    await using proxy = await behindProxy(echo(), { target: 'Response', path: '/bad', replace })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let at = 0; at < 100; at++) {
      const isBad = at % 2 === 0
      const { code, body } = await ask(proxy.port, {
        agent,
        method: 'POST',
        path: isBad ? '/bad' : '/good',
        body: 'x'.repeat(at),
      })
      assert.equal(code, isBad ? 503 : 200)
      assert.equal(isBad ? body : JSON.parse(body).body.length, isBad ? 'no' : at)
    }
    agent.destroy()
    assert.equal(proxy.counts.applied, 50)
  })

  it('answers pipelined requests in their order, the later ones behind the held one', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Request', path: '/1', delay: '200ms' })
    const socket = connect(proxy.port, '127.0.0.1')
    const said = text(socket)
    const one = (at: number, more = '') => `GET /${at} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
    socket.write(one(0) + one(1) + one(2, 'Connection: close\r\n'))
    const urls = [...(await said).matchAll(/"url":"\/(\d)"/g)].map(([, url]) => url)
    assert.deepEqual(urls, ['0', '1', '2'])
  })

  it('lets an answer of 100 and then the body pass to a client that waits for it', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Request', replace: { headers: { 'X-A': 'b' } } })
    const options = {
      host: '127.0.0.1',
      port: proxy.port,
      method: 'POST',
      headers: { Expect: '100-continue' },
    }
    const sent = request(options)
    sent.flushHeaders()
    await once(sent, 'continue')
    sent.end('the body')
    const [answer]: IncomingMessage[] = await once(sent, 'response')
    const said = JSON.parse(await text(answer!))
    assert.deepEqual([said.body, said.headers['x-a']], ['the body', 'b'])
  })

  it('carries the bytes of an upgraded connection both ways untouched', async () => {
    const server = createServer()
    server.on('upgrade', (_request: IncomingMessage, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello')
      socket.pipe(socket)
    })
    const replace = { path: '/other', headers: { 'X-A': 'b' } }
    await using proxy = await behindProxy(server, { target: 'Request', replace })
    const headers = { Connection: 'Upgrade', Upgrade: 'echo' }
    const sent = request({ host: '127.0.0.1', port: proxy.port, headers })
    sent.end()
    const [, socket, head] = await once(sent, 'upgrade')
    const bytes = Buffer.concat([
      Buffer.from([0x81, 0x85, 0, 255, 10]),
      Buffer.from('GET / HTTP/1.1\r\nA: b\r\n\r\n'),
    ])
    const whole = Buffer.byteLength('hello') + bytes.length
    socket.write(bytes)
    let back = head
    while (back.length < whole) back = Buffer.concat([back, (await once(socket, 'data'))[0]])
    socket.destroy()
    assert.deepEqual(back.subarray(-bytes.length), bytes)
    assert.equal(proxy.counts.messages, 1)
    assert.equal(proxy.counts.untouched, 1)
  })

  it('passes a protocol in which the server speaks first', async () => {
    const server = createTcpServer((socket) => {
      socket.write('220 ready\r\n')
      socket.pipe(socket)
    })
    await using proxy = await behindProxy(server, { target: 'Request', abort: true })
    const socket = connect(proxy.port, '127.0.0.1')
    assert.equal(String((await once(socket, 'data'))[0]), '220 ready\r\n')
    socket.write('HELO')
    assert.equal(String((await once(socket, 'data'))[0]), 'HELO')
    socket.destroy()
  })

  it('acts on connections that were open before it, and no longer when it is taken back', async () => {
    await using proxy = await behindProxy(echo())
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    assert.equal((await ask(proxy.port, { agent })).code, 200)
    proxy.add({ target: 'Response', replace: { code: 503 } })
    assert.equal((await ask(proxy.port, { agent })).code, 503)
    await proxy.takeBack()
    assert.equal((await ask(proxy.port, { agent })).code, 200)
    agent.destroy()
  })

  it('passes on before its time what it held when it is taken back', async () => {
    await using proxy = await behindProxy(echo(), { target: 'Request', delay: '60s' })
    const sentMs = performance.now()
    const answer = ask(proxy.port)
    while (proxy.counts.applied === 0) await new Promise((resolve) => setImmediate(resolve))
    await proxy.takeBack()
    assert.equal((await answer).code, 200)
    assert.ok(performance.now() - sentMs < 60_000)
  })

  it('resets the connection of a body that is larger than it may hold', async () => {
    const patch = { body: { type: 'JSON', value: '{}' } }
    await using proxy = await behindProxy(echo(), { target: 'Request', patch })
    const body = JSON.stringify('x'.repeat(1024 * 1024))
    await assert.rejects(ask(proxy.port, { method: 'POST', body }), { code: /ECONNRESET|EPIPE/ })
    assert.equal(proxy.counts.tooLarge, 1)
  })

  it('is added, read and changed through the API of the proxy', async () => {
    const proxies = new Proxies()
    await using behind = await behindProxy(echo())
    const proxy = await proxies.put(
      'link',
      { listen: '127.0.0.1:0', upstream: `127.0.0.1:${behind.port}` },
      true,
    )
    const port = Number(proxy.addresses.listen.split(':').at(-1))
    const api = await serveApi({ proxies, port: 0 })
    const post = (path: string, body: object) =>
      fetch(`${api.url}/proxies/link/toxics${path}`, { method: 'POST', body: JSON.stringify(body) })
    const rule = (code: number) => ({ attributes: { target: 'Response', replace: { code } } })
    try {
      assert.equal((await post('', { name: 'rule', type: 'http', ...rule(418) })).status, 200)
      assert.equal((await ask(port)).code, 418)
      const shown = await (await fetch(`${api.url}/proxies/link/toxics/rule`)).text()
      assert.match(shown, /"messages":1,"matched":1,"spared":0,"applied":1/)
      assert.equal((await post('/rule', rule(503))).status, 200)
      assert.equal((await post('/rule', rule(7))).status, 400)
      assert.equal((await ask(port)).code, 503)
    } finally {
      api.close()
      proxies.stop()
    }
  })
})
