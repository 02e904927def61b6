import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  controlOf,
  type HttpReply,
  type HttpRequest,
  type Target,
  type Undo,
} from '../../../../reports/run/index.ts'
import { fakeClock, fakeContext } from '../../../../reports/run/testing.ts'
import { LinkRoutes } from './link-routes.ts'
import { Toxiproxy } from './toxiproxy.ts'

const STRAIGHT = '127.0.0.1:5432'
const VIA = '127.0.0.1:40000'
const PROXY = 'http://127.0.0.1:2'
const SLOW = { type: 'latency', stream: 'upstream', attributes: { latency: 50 } } as const

const EFFECT = {
  ...{ connections: 1, receivedBytes: 1, sentBytes: 1, receivedPieces: 1, sentPieces: 1 },
  ...{ heldMs: null, endsHeldMs: null, resets: 0, closes: 0 },
}

/** A target with one link, and a proxy with toxics, as they answer over HTTP. */
function world() {
  const link = { name: 'web→db', from: 'web', to: 'db', listen: STRAIGHT, upstream: STRAIGHT }
  const target: Target = {
    ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: {} },
    ...{ processes: [], links: [link], switches: [], facts: [], logs: [] },
    control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
  }
  const toxics = new Set<string>()
  let isMute = false
  const ofProxy = ({ url, method = 'GET', body }: HttpRequest): HttpReply => {
    if (isMute) return { status: null, reason: 'no reply within 5000 ms' }
    const [, toxic] = /\/toxics\/([^/]+)/.exec(url) ?? []
    if (url.endsWith('/toxics')) toxics.add((body as { name: string }).name)
    if (method === 'DELETE' && toxic !== undefined) toxics.delete(toxic)
    if (url.endsWith('/effect')) return { status: toxics.has(toxic ?? '') ? 200 : 404, body: EFFECT }
    return { status: 200, body: url.endsWith('/traffic') ? { openConnections: 0 } : { listen: VIA } }
  }
  const reply = (request: HttpRequest): HttpReply => {
    if (request.url.startsWith(PROXY)) return ofProxy(request)
    if (request.url.endsWith('/describe')) return { status: 200, body: target }
    link.listen = (request.body as { via: string | null }).via ?? STRAIGHT
    return { status: 200, body: {} }
  }
  const { http } = fakeContext({ reply }).context
  const clock = { ...fakeClock(), wait: async () => {} }
  const control = controlOf(target, http)!
  const routes = new LinkRoutes(control, clock, async () => new Toxiproxy(PROXY, http))
  const takeBack = async (undo: Undo): Promise<undefined> => {
    for (const step of undo.kind === 'steps' ? undo.steps : [undo]) if ('url' in step) await http.send(step)
  }
  const fallSilent = () => {
    isMute = true
  }
  return { routes, takeBack, link, aimed: { ...link }, fallSilent }
}

test('a link goes through the proxy while its fault is on, and straight after it', async () => {
  const { routes, takeBack, link, aimed } = world()
  await routes.prepare(aimed, 'a')
  assert.equal(await routes.disturb(aimed, 'a', [SLOW]), undefined)
  assert.deepEqual([link.listen, (await routes.effects(aimed, 'a', [SLOW])).length], [VIA, 1])
  assert.match((await routes.left(aimed, 'a', [SLOW])) ?? '', /1 of 1 toxics are still on/)
  await routes.settle(aimed, 'a', { toxics: [SLOW], takeBack })
  assert.deepEqual([link.listen, await routes.left(aimed, 'a', [SLOW])], [STRAIGHT, undefined])
})

test('a proxy that does not answer proves nothing gone', async () => {
  const { routes, takeBack, aimed, fallSilent } = world()
  await routes.prepare(aimed, 'a')
  await routes.disturb(aimed, 'a', [SLOW])
  await routes.prepare(aimed, 'b')
  await routes.disturb(aimed, 'b', [SLOW])
  fallSilent()
  await routes.settle(aimed, 'a', { toxics: [SLOW], takeBack })
  await assert.rejects(routes.left(aimed, 'a', [SLOW]), { code: 'PROXY_SILENT', message: /no reply within/ })
  assert.deepEqual(await routes.effects(aimed, 'a', [SLOW]), [])
})

test('a fault that was aimed while another led the link finds it straight again', async () => {
  const { routes, takeBack, link, aimed } = world()
  await routes.prepare(aimed, 'a')
  await routes.disturb(aimed, 'a', [SLOW])
  const meanwhile = { ...link }
  await routes.settle(aimed, 'a', { toxics: [SLOW], takeBack })
  await routes.forget(aimed)
  await routes.prepare(meanwhile, 'b')
  await routes.disturb(meanwhile, 'b', [SLOW])
  await routes.settle(meanwhile, 'b', { toxics: [SLOW], takeBack })
  assert.equal(await routes.left(meanwhile, 'b', [SLOW]), undefined)
})
