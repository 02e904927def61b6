import { once } from 'node:events'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type buildConnector, Pool } from 'undici'
import type { Route } from '../../platform/service/route.ts'
import type { Routes } from '../../platform/service/routes.ts'

/** Shorter than the ten seconds that a member's client waits, longer than any statement may take, in ms. */
const patienceMs = 6_000

/** Connections to one service; more requests than these wait inside the gateway. */
const connections = 128

const connectTimeoutMs = 2_000

/** How old a connection grows at most, in ms: whether a name is still found is felt this soon. */
const clientTtlMs = 1_000

/** A service that the gateway passes requests on to, by the way that its route leads. */
export class Upstream {
  readonly #origin: string
  readonly #route: Route
  #pool: Pool

  constructor(url: URL, routes: Routes, to: 'catalogue' | 'orders') {
    this.#origin = url.origin
    this.#route = routes.open(to, { host: url.hostname, port: Number(url.port) })
    this.#pool = this.#openPool()
    this.#route.onMoved(() => this.#renew())
  }

  get pool(): Pool {
    return this.#pool
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  /** The old pool closes what is idle at once, and finishes what it has begun. */
  #renew(): void {
    this.#pool.close().catch(() => {})
    this.#pool = this.#openPool()
  }

  #openPool(): Pool {
    return new Pool(this.#origin, {
      connections,
      clientTtl: clientTtlMs,
      connect: (_options, callback) => this.#dial(callback),
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
    })
  }

  #dial(callback: buildConnector.Callback): void {
    const socket = this.#route.socket().setNoDelay(true).connect()
    once(socket, 'connect', { signal: AbortSignal.timeout(connectTimeoutMs) }).then(
      () => callback(null, socket),
      (error: Error) => {
        socket.destroy()
        callback(error, null)
      },
    )
  }
}

/** Passes a request on and its answer back as they are. A late service is 504, one that is not there 503. */
export async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  upstream: Upstream,
  path: string,
) {
  try {
    const answer = await upstream.pool.request({
      path,
      method: request.method === 'POST' ? 'POST' : 'GET',
      headers: headersFor(request),
      body: request.method === 'POST' ? JSON.stringify(request.body) : null,
    })
    const type = answer.headers['content-type']
    if (type !== undefined) reply.header('content-type', type)
    return reply.code(answer.statusCode).send(Buffer.from(await answer.body.arrayBuffer()))
  } catch (error) {
    return refuse(reply, error)
  }
}

function headersFor(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const key = request.headers['idempotency-key']
  if (typeof key === 'string') headers['idempotency-key'] = key
  if (request.method === 'POST') headers['content-type'] = 'application/json'
  return headers
}

function refuse(reply: FastifyReply, error: unknown) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const isLate = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
  reply.log.warn({ code, url: reply.request.url }, 'upstream failed')
  return isLate
    ? reply.code(504).send({ error: 'the service did not answer in time' })
    : reply.code(503).send({ error: 'the service is not available' })
}
