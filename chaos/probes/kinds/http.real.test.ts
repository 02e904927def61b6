import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { askProbe } from '../ask.ts'
import type { Probe } from '../probe.ts'
import { planned, realClock, sceneWith, targetWith } from '../testing.ts'
import { firstInARow, watchProbe } from '../watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-probes-'))
after(() => rmSync(folder, { recursive: true, force: true }))

async function serve(
  answer: RequestListener,
  port = 0,
): Promise<{ server: Server; port: number } & AsyncDisposable> {
  const server = createServer(answer).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return { server, port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

type Asked = Omit<Probe, 'name' | 'http'> & { readonly http?: Partial<NonNullable<Probe['http']>> }

function ask(port: number, { http, ...judged }: Asked = {}, signal?: AbortSignal) {
  const target = targetWith({ addresses: { gateway: `http://127.0.0.1:${port}` } })
  const { scene } = sceneWith({ target, ...(signal && { signal }) }, { clock: realClock })
  const context = { ...scene.context, projectRoot: folder }
  return askProbe(planned({ http: { address: 'gateway', ...http }, ...judged }), { ...scene, context })
}

/** What a server was asked, in order. */
function recording(requests: { request: IncomingMessage; body: string }[]): RequestListener {
  return async (request, response) => {
    requests.push({ request, body: Buffer.concat(await request.toArray()).toString() })
    response.end()
  }
}

describe('an http probe', () => {
  it('holds on any 2xx and on nothing else, and a redirect is not followed', async () => {
    let status = 0
    await using at = await serve((_, response) => void response.writeHead(status, { location: '/' }).end('x'))
    for (status of [200, 201, 299]) assert.equal((await ask(at.port)).held, true)
    for (status of [302, 404, 503]) {
      const { held, seen, value } = await ask(at.port, { http: { path: '/health?key=1' } })
      assert.deepEqual([held, value], [false, status])
      assert.equal(seen, `GET /health?… of gateway: status ${status} (200 to 299 expected)`)
      assert.equal((await ask(at.port, { tolerance: [302, 404, 503] })).held, true)
    }
  })

  it('judges the body, the headers and the time', async () => {
    await using at = await serve((_, response) =>
      response.writeHead(200, { 'x-cache': 'HIT' }).end('{"status":"degraded"}'),
    )
    const body = (expect: string) => ask(at.port, { of: 'body', tolerance: { jsonpath: '$.status', expect } })
    assert.equal((await body('degraded')).held, true)
    const { held, seen } = await body('ok')
    assert.equal(held, false)
    assert.equal(seen, 'GET gateway: body "{"status":"degraded"}" (with $.status "ok" expected)')
    const cache = (expect: string) =>
      ask(at.port, { of: 'headers', tolerance: { jsonpath: "$['x-cache']", expect } })
    assert.deepEqual([(await cache('HIT')).held, (await cache('MISS')).held], [true, false])
    const { value } = await ask(at.port, { of: 'latencyMs', tolerance: { min: 0 } })
    assert.ok(typeof value === 'number' && value > 0)
    assert.equal((await ask(at.port, { of: 'latencyMs', tolerance: { max: 0 } })).held, false)
  })

  it('tells that a cookie came, and never which', async () => {
    await using at = await serve((_, response) => response.writeHead(200, { 'set-cookie': 's=hush' }).end())
    for (const tolerance of [
      { jsonpath: "$['set-cookie']" },
      { jsonpath: "$['set-cookie']", exists: false },
      { regex: 'hush' },
    ]) {
      const answer = await ask(at.port, { of: 'headers', tolerance })
      assert.equal(answer.held, 'jsonpath' in tolerance && tolerance.exists !== false)
      assert.doesNotMatch(JSON.stringify(answer.value), /hush/)
    }
  })

  it('asks for a path below that of the address, or for the address itself', async () => {
    const requests: { request: IncomingMessage; body: string }[] = []
    await using at = await serve(recording(requests))
    for (const [base, path] of [['/api', '/health'], ['/api/', '/health'], ['/api'], ['']]) {
      const target = targetWith({ addresses: { gateway: `http://127.0.0.1:${at.port}${base}` } })
      const probe = planned({ http: { address: 'gateway', ...(path === undefined ? {} : { path }) } })
      await askProbe(probe, sceneWith({ target }, { clock: realClock }).scene)
    }
    const paths = requests.map(({ request }) => request.url)
    assert.deepEqual(paths, ['/api/health', '/api/health', '/api', '/'])
  })

  it('sends method, path, headers, body and the token of the file as it is at that moment', async () => {
    const requests: { request: IncomingMessage; body: string }[] = []
    await using at = await serve(recording(requests))
    const http = {
      method: 'POST',
      path: '/a?b=1',
      headers: { accept: 'text/x' },
      tokenFile: 'token',
    } as const
    for (const token of ['first', 'second']) {
      writeFileSync(join(folder, 'token'), `${token}\n`)
      assert.equal((await ask(at.port, { http: { ...http, body: { a: [1] } } })).held, true)
    }
    await ask(at.port, { http: { method: 'PUT', body: 'a=1' } })
    const sent = requests.map(({ request: { method, url, headers }, body }) => [
      ...[method, url, headers.accept, headers['content-type'], headers.authorization, body],
    ])
    assert.deepEqual(sent, [
      ['POST', '/a?b=1', 'text/x', 'application/json', 'Bearer first', '{"a":[1]}'],
      ['POST', '/a?b=1', 'text/x', 'application/json', 'Bearer second', '{"a":[1]}'],
      ['PUT', '/', undefined, undefined, undefined, 'a=1'],
    ])
  })

  it('asks over a connection of its own each time', async () => {
    await using at = await serve((_, response) => response.end())
    let connections = 0
    at.server.on('connection', () => (connections += 1))
    for (let asked = 1; asked <= 3; asked += 1) {
      await ask(at.port)
      assert.equal(connections, asked)
    }
  })

  it('does not hold, and says why, when nobody is there', async () => {
    let closed = 0
    {
      await using at = await serve((_, response) => response.end())
      closed = at.port
    }
    const { held, seen, value } = await ask(closed, { tolerance: { min: 0 } })
    assert.deepEqual([held, value], [false, undefined])
    assert.equal(seen, `GET gateway: connect ECONNREFUSED 127.0.0.1:${closed}`)
  })

  it('does not hold when no reply comes in time, nor when it begins and never ends', async () => {
    await using silent = await serve(() => {})
    await using endless = await serve((_, response) => void response.writeHead(200).write('begun'))
    for (const { port } of [silent, endless]) {
      const { held, seen } = await ask(port, { http: { timeout: '100ms' } })
      assert.deepEqual([held, seen], [false, 'GET gateway: no reply within 100 ms'])
    }
  })

  it('does not hold when the reply breaks off, or is no HTTP', async () => {
    await using broken = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('begun', () => response.destroy())
    })
    await using foreign = await serve((request) => void request.socket.end('SSH-2.0-x\r\n\r\n'))
    for (const { port } of [broken, foreign]) assert.equal((await ask(port)).held, false)
    const { held, seen } = await ask(0, { http: { tokenFile: 'missing' } })
    assert.equal(held, false)
    assert.match(seen, /ENOENT/)
  })

  it('reads no more than 1 MiB of a body without end', async () => {
    await using at = await serve((_, response) => {
      const more = (): void => void response.write('x'.repeat(65_536), (error) => error ?? setImmediate(more))
      more()
    })
    const { held, value, seen } = await ask(at.port, { of: 'body', tolerance: { regex: '^x+$' } })
    assert.equal(held, true)
    assert.ok(typeof value === 'string' && value.length === 1024 * 1024)
    assert.match(seen, /only its first 64 KiB were read$/)
    assert.ok(seen.length <= 300)
  })

  it('is broken off by its signal', async () => {
    const stop = new AbortController()
    await using at = await serve(() => stop.abort())
    const { held, seen } = await ask(at.port, { http: { timeout: '1h' } }, stop.signal)
    assert.equal(held, false)
    assert.match(seen, /abort/i)
  })

  it('watched, is broken off by the signal of the watch', { timeout: 20_000 }, async () => {
    const stop = new AbortController()
    await using at = await serve(() => stop.abort())
    const target = targetWith({ addresses: { gateway: `http://127.0.0.1:${at.port}` } })
    const { scene } = sceneWith({ target }, { clock: realClock })
    const probe = planned({ http: { address: 'gateway', timeout: '1h' } })
    assert.equal((await watchProbe(probe, { everyMs: 10, scene }, stop.signal).next()).done, true)
  })

  it('watched, finds the moment from which a service holds again', async () => {
    let asked = 0
    const isWell = (): boolean => asked === 3 || asked > 4
    await using at = await serve((_, response) => {
      asked += 1
      response.writeHead(isWell() ? 200 : 503).end()
    })
    const target = targetWith({ addresses: { gateway: `http://127.0.0.1:${at.port}` } })
    const { scene } = sceneWith({ target }, { clock: realClock })
    const probe = planned({ http: { address: 'gateway' } })
    const readings = watchProbe(probe, { everyMs: 10, scene }, new AbortController().signal)
    const back = await firstInARow(readings, { held: true, times: 3 })
    assert.equal(asked, 7)
    assert.ok(back?.held && back.atUs <= back.answeredAtUs)
  })
})
