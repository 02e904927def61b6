import { addressInWords, parseAddress } from '../address.ts'
import type { Proxies } from '../proxies.ts'
import type { TcpProxy } from '../proxy.ts'
import { asReply, missingField, proxyExists, proxyNotFound } from './api-error.ts'
import { readProxies, readProxy } from './bodies.ts'
import type { Request, Route } from './route.ts'
import { shownProxy } from './shown.ts'

export const PROXY_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/proxies', answer: list },
  { methods: ['POST'], path: '/proxies', answer: create },
  { methods: ['POST'], path: '/populate', answer: populate },
  { methods: ['POST'], path: '/reset', answer: reset },
  { methods: ['GET'], path: '/proxies/{proxy}', answer: show },
  { methods: ['GET'], path: '/proxies/{proxy}/traffic', answer: showTraffic },
  { methods: ['POST', 'PATCH'], path: '/proxies/{proxy}', answer: update },
  { methods: ['DELETE'], path: '/proxies/{proxy}', answer: remove },
]

export function proxyOf({ proxies, names }: Pick<Request, 'proxies' | 'names'>): TcpProxy {
  const proxy = proxies.get(names['proxy'] ?? '')
  if (proxy === undefined) throw proxyNotFound()
  return proxy
}

function list({ proxies }: Request) {
  const sorted = proxies.all().sort((a, b) => (a.name < b.name ? -1 : 1))
  return { status: 200, body: Object.fromEntries(sorted.map((proxy) => [proxy.name, shownProxy(proxy)])) }
}

async function create({ proxies, text }: Request) {
  const { name, listen = '', upstream, enabled = true } = readProxy(text)
  if (!name) throw missingField('name')
  if (!upstream) throw missingField('upstream')
  if (proxies.get(name) !== undefined) throw proxyExists()
  return { status: 201, body: shownProxy(await proxies.put(name, { listen, upstream }, enabled)) }
}

function show(request: Request) {
  return { status: 200, body: shownProxy(proxyOf(request)) }
}

/** Ours, beyond Toxiproxy: whether anybody still goes through it. */
function showTraffic(request: Request) {
  const { openConnections, traffic } = proxyOf(request)
  return { status: 200, body: { openConnections, ...traffic } }
}

async function update(request: Request) {
  const proxy = proxyOf(request)
  const { listen, upstream, enabled = proxy.isEnabled } = readProxy(request.text)
  const { addresses } = proxy
  await proxy.update(
    {
      listen: listen === undefined ? addresses.listen : resolved(listen),
      upstream: upstream ?? addresses.upstream,
    },
    enabled,
  )
  return { status: 200, body: shownProxy(proxy) }
}

function remove(request: Request) {
  request.proxies.remove(proxyOf(request))
  return { status: 204 }
}

async function reset({ proxies }: Request) {
  await proxies.reset()
  return { status: 204 }
}

/** Those that are there with the same addresses stay as they are; on the first that fails it stops. */
async function populate({ proxies, text }: Request) {
  const wanted = readProxies(text).map(({ name, listen = '', upstream, enabled = true }, index) => {
    if (!name) throw missingField(`name at proxy ${index + 1}`)
    if (!upstream) throw missingField(`upstream at proxy ${index + 1}`)
    return { name, listen: resolved(listen), upstream, enabled }
  })
  const done: TcpProxy[] = []
  try {
    for (const one of wanted) done.push(await putUnlessSame(one, proxies))
  } catch (error) {
    const { status, body } = asReply(error)
    return { status, body: { ...body, proxies: done.map(shownProxy) } }
  }
  return { status: 201, body: { proxies: done.map(shownProxy) } }
}

interface Wanted {
  readonly name: string
  readonly listen: string
  readonly upstream: string
  readonly enabled: boolean
}

async function putUnlessSame(
  { name, listen, upstream, enabled }: Wanted,
  proxies: Proxies,
): Promise<TcpProxy> {
  const there = proxies.get(name)
  if (there?.addresses.listen === listen && there.addresses.upstream === upstream) return there
  return proxies.put(name, { listen, upstream }, enabled)
}

/** As a listener will say it, so that the same address in other words is no change. */
function resolved(listen: string): string {
  const address = parseAddress(listen)
  if (address === undefined) return listen
  const host = address.host === 'localhost' ? '127.0.0.1' : address.host || '::'
  return addressInWords({ ...address, host })
}
