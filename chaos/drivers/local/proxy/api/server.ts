import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { addressInWords } from '../address.ts'
import { openServer } from '../listener.ts'
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

export interface ApiOptions {
  readonly proxies: Proxies
  /** 0: any that is free */
  readonly port: number
  /** while it says false only what looks or takes back is answered: nobody would take back what is new */
  readonly mayInject?: () => boolean
}

export interface Api {
  readonly url: string
  close(): void
}

/** Toxiproxy's HTTP control API, on loopback. Requests act one after the other, in the order in which they came whole. */
export async function serveApi({ proxies, port, mayInject = () => true }: ApiOptions): Promise<Api> {
  let last: Promise<unknown> = Promise.resolve()
  const answer = async (request: IncomingMessage, text: string): Promise<Reply> =>
    takesBack(request) || mayInject() ? replyTo(request, text, proxies) : NO_LEASE
  const { server, address } = await openServer(
    createServer(async (request, response) => {
      try {
        // who stops in the middle of a request must not keep others from taking something back
        const text = await bodyOf(request)
        const reply = last.then(() => answer(request, text))
        last = reply.catch(() => {})
        send(response, await reply)
      } catch {
        response.destroy()
      }
    }),
    `127.0.0.1:${port}`,
  )
  return {
    url: `http://${addressInWords(address)}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const NO_LEASE: Reply = {
  status: 409,
  body: { error: 'the lease has run out: nobody would take this back', status: 409 },
}

function takesBack({ method = 'GET', url }: IncomingMessage): boolean {
  return method === 'GET' || method === 'DELETE' || url === '/reset'
}

async function replyTo(request: IncomingMessage, text: string, proxies: Proxies): Promise<Reply> {
  // a page in somebody's browser must not drive faults
  if (request.headers['user-agent']?.startsWith('Mozilla/'))
    return { status: 403, body: 'User agent not allowed\n' }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const found = findRoute(ROUTES, request.method ?? 'GET', pathname)
  if (found === 404) return { status: 404, body: '404 page not found\n' }
  if (found === 405) return { status: 405 }
  try {
    return await found.route.answer({ proxies, names: found.names, text })
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
