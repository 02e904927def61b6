import path from 'node:path'
import { type Connection, toEnvironment } from '../platform/database/connection.ts'
import { homeFolder } from './data-folder.ts'
import type { PortName, Ports } from './ports.ts'

export interface Surroundings {
  readonly ports: Ports
  readonly connection: Connection
  readonly webRoot: string
  readonly version: string
}

/** What every child inherits: our own environment (with GAUNTLET_RUN, which marks it), and a compile cache. */
export function inherited(): Record<string, string | undefined> {
  return { ...process.env, NODE_COMPILE_CACHE: path.join(homeFolder(), 'compile-cache') }
}

/** What a service is told through its environment. */
export function serviceEnvironment(name: PortName, { ports, connection, webRoot, version }: Surroundings) {
  return {
    ...inherited(),
    ...toEnvironment(connection),
    NODE_ENV: 'production',
    PORT: String(ports[name]),
    PLAZA_VERSION: version,
    CATALOGUE_URL: `http://127.0.0.1:${ports.catalogue}`,
    ORDERS_URL: `http://127.0.0.1:${ports.orders}`,
    WEB_ROOT: webRoot,
  }
}
