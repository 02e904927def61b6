import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { Route } from './route.ts'
import type { Routes } from './routes.ts'

export interface PoolSize {
  readonly max: number
  /** Connections that stay open however idle; 0 when not given. */
  readonly min?: number
}

/** The route to the database; where it listens is in the environment (PGHOST and its siblings). */
export function openDatabaseRoute(routes: Routes): Route {
  return routes.open('postgres', {
    host: process.env['PGHOST'] ?? '127.0.0.1',
    port: Number(process.env['PGPORT'] ?? 5432),
  })
}

/**
 * A pool of connections that follows its route. All limits are shorter than the gateway's patience with us, so that
 * a caller always hears from us first.
 */
export function openPool(name: string, size: PoolSize, route: Route, log: FastifyBaseLogger): pg.Pool {
  const Client = clientOn(route)
  const pool = new pg.Pool({
    ...size,
    Client,
    application_name: name,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 4_000,
    query_timeout: 4_500,
    keepAlive: true,
  })
  // A connection that breaks fails the request it is of, if any; the event besides, unheard, would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'))
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('release', (_error, client) => {
    if (client instanceof Client && !route.leadsThrough(client.socket)) void client.end()
  })
  route.onMoved(() => takeAndRelease(pool, pool.idleCount))
  return pool
}

/** A client whose connection goes the way that its route leads. */
function clientOn(route: Route) {
  return class extends pg.Client {
    readonly socket: Socket

    constructor(config?: pg.ClientConfig) {
      const socket = route.socket()
      super({ ...config, stream: () => socket })
      this.socket = socket
    }
  }
}

/** The pool gives out idle connections before it makes new ones, and what it gets back of the old way it lets go of. */
function takeAndRelease(pool: pg.Pool, count: number): void {
  for (let taken = 0; taken < count; taken += 1) {
    pool.connect().then(
      (client) => client.release(),
      () => {},
    )
  }
}

export async function isReachable(pool: pg.Pool): Promise<boolean> {
  return pool.query('select 1').then(
    () => true,
    () => false,
  )
}
