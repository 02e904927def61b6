import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Proxies } from '../proxies.ts'
import { asReply } from './api-error.ts'
import { METRICS_ROUTES } from './metrics.ts'
import { PROXY_ROUTES } from './proxy-routes.ts'
import { findRoute, type Reply } from './route.ts'
import { TOXIC_ROUTES } from './toxic-routes.ts'

/** The version of Toxiproxy whose API this is. */
const VERSION = '2.12.0'

const ROUTES = [
  ...PROXY_ROUTES,
  ...TOXIC_ROUTES,
  ...METRICS_ROUTES,
  { methods: ['GET'], path: '/version', answer: () => ({ status: 200, body: { version: VERSION } }) },
]

/** Toxiproxy's HTTP control API. Requests act one after the other, in the order in which they came. */
export function apiServer(proxies: Proxies): Server {
  let last: Promise<unknown> = Promise.resolve()
  return createServer((request, response) => {
    last = last.then(
      async () => send(response, await replyTo(request, proxies)),
      () => {},
    )
  })
}

async function replyTo(request: IncomingMessage, proxies: Proxies): Promise<Reply> {
  // a page in somebody's browser must not drive faults
  if (request.headers['user-agent']?.startsWith('Mozilla/'))
    return { status: 403, body: 'User agent not allowed\n' }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const found = findRoute(ROUTES, request.method ?? 'GET', pathname)
  if (found === 404) return { status: 404, body: '404 page not found\n' }
  if (found === 405) return { status: 405 }
  try {
    return await found.route.answer({ proxies, names: found.names, text: await bodyOf(request) })
  } catch (error) {
    return asReply(error)
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, { status, body }: Reply): void {
  if (body === undefined) response.writeHead(status).end()
  else if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
