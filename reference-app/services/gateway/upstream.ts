import type { FastifyReply, FastifyRequest } from 'fastify'
import { Pool } from 'undici'

/** Shorter than the ten seconds that a member's client waits, longer than any statement may take, in ms. */
const patienceMs = 6_000

/** Connections to one service; more requests than these wait inside the gateway. */
const connections = 128

export function openUpstream(url: string): Pool {
  return new Pool(url, {
    connections,
    connectTimeout: 2_000,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
  })
}

/** Passes a request on and its answer back as they are. A late service is 504, one that is not there 503. */
export async function forward(request: FastifyRequest, reply: FastifyReply, upstream: Pool, path: string) {
  try {
    const answer = await upstream.request({
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
