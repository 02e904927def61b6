import path from 'node:path'
import { type Connection, toEnvironment } from '../platform/database/connection.ts'
import { hostOf } from '../platform/links.ts'
import { type Clocks, clockEnvironment } from './clocks.ts'
import type { PortName, Ports } from './ports.ts'

export interface Surroundings {
  readonly ports: Ports
  readonly connection: Connection
  readonly webRoot: string
  readonly version: string
  readonly clocks: Clocks | undefined
}

/**
 * Makes our own environment, which every child inherits with GAUNTLET_RUN in it, fit for Plaza. PostgreSQL's clients
 * obey some PG* variables whatever else they are told, so the caller's go; and Node gets its compile cache.
 */
export function settleEnvironment(cache: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('PG')) delete process.env[name]
  process.env['NODE_COMPILE_CACHE'] = path.join(cache, 'compile-cache')
}

/** What a service is told through its environment. */
export function serviceEnvironment(name: PortName, around: Surroundings) {
  const { ports, connection, webRoot, version, clocks } = around
  return {
    ...process.env,
    ...toEnvironment({ ...connection, host: hostOf('postgres') }),
    NODE_ENV: 'production',
    PORT: String(ports[name]),
    PLAZA_VERSION: version,
    PLAZA_DNS: `127.0.0.1:${ports.dns}`,
    CATALOGUE_URL: `http://${hostOf('catalogue')}:${ports.catalogue}`,
    ORDERS_URL: `http://${hostOf('orders')}:${ports.orders}`,
    WEB_ROOT: webRoot,
    ...(clocks && clockEnvironment(clocks, name)),
  }
}
