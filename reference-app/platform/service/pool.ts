import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'

export interface PoolSize {
  readonly max: number
  /** Connections that stay open however idle; 0 when not given. */
  readonly min?: number
}

/**
 * A pool of connections; where to is in the environment (PGHOST and its siblings). All limits are shorter than
 * the gateway's patience with us, so that a caller always hears from us first.
 */
export function openPool(name: string, size: PoolSize, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    ...size,
    application_name: name,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 4_000,
    query_timeout: 4_500,
    keepAlive: true,
  })
  // An idle connection that breaks is not an error of any request; unheard, it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'))
  return pool
}

export async function isReachable(pool: pg.Pool): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  )
}
