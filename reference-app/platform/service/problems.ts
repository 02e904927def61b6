import type { FastifyInstance } from 'fastify'

/** Every error is answered as `{error}`; what the database cannot do for us now is 503, not 500. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'no such page' }))
  app.setErrorHandler((error: Error & { statusCode?: number; code?: unknown }, request, reply) => {
    const status = error.statusCode ?? (isOutage(error) ? 503 : 500)
    if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed')
    return reply.code(status).send({ error: status === 500 ? 'internal error' : error.message })
  })
}

/** Connection refused or broken, pool exhausted, and PostgreSQL's classes 08, 53, 57 (shutting down, cancelled). */
function isOutage(error: Error & { code?: unknown }): boolean {
  const code = String(error.code ?? '')
  if (/^(ECONN|EPIPE|ETIMEDOUT|08|53|57)/.test(code)) return true
  return /connection terminated|timeout exceeded|query read timeout/i.test(error.message)
}
