import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type Connection, databaseName, databaseUser } from '../platform/database/connection.ts'
import { prepareQueues } from '../platform/database/queue.ts'
import { seed } from '../platform/database/seed.ts'
import { Failure } from '../platform/failure.ts'
import type { Children } from './children.ts'
import { untilLetGo } from './cluster-lock.ts'
import type { DataFolder } from './data-folder.ts'
import type { LogFile } from './log-file.ts'
import { initialise, postgresPlan } from './postgres.ts'
import { clearMarker, isSeeded, writeMarker } from './seed-marker.ts'
import { setAside } from './set-aside.ts'
import { Supervised } from './supervised.ts'

export interface DatabaseParts {
  /** Where PostgreSQL's programs are. */
  readonly home: string
  readonly port: number
  readonly folder: DataFolder
  readonly children: Children
  readonly log: LogFile
  say(sentence: string): void
  /** Throws once Plaza is told to stop. */
  assertStarting(): void
}

export interface Database {
  readonly server: Supervised
  readonly connection: Connection
}

/** Recovery after a crash reads at most `max_wal_size`. */
const readyWithinMs = 30_000

/** Starts PostgreSQL on the kept data when they fit and work, else on data made anew; what did not work is kept. */
export async function startDatabase(
  parts: DatabaseParts,
  onServer: (server: Supervised) => void,
): Promise<Database> {
  await untilLetGo(parts.folder.cluster)
  const { folder, say } = parts
  if (isSeeded(folder)) {
    const kept = await startKept(parts, onServer)
    if (kept !== undefined) return kept
    // A stop ends PostgreSQL under our hands: that says nothing about the database.
    parts.assertStarting()
    setAside(folder)
    say(`the kept database does not work; it is set aside in ${folder.postgresAside}`)
  }
  return startAnew(parts, onServer)
}

async function startKept(
  parts: DatabaseParts,
  onServer: (server: Supervised) => void,
): Promise<Database | undefined> {
  const database = await startServer(parts, onServer)
  if (database === undefined) return undefined
  try {
    await withPool(database.connection, prepareQueues)
    return database
  } catch (error) {
    parts.say(`the kept database: ${error instanceof Error ? error.message : error}`)
    await database.server.stop()
    return undefined
  }
}

async function startAnew(parts: DatabaseParts, onServer: (server: Supervised) => void): Promise<Database> {
  const { folder, home, children, log, say } = parts
  parts.assertStarting()
  say('making the database: 1,000 businesses, 20,000 coupons; some seconds, once')
  clearMarker(folder)
  const password = randomBytes(24).toString('base64url')
  await initialise(home, folder, { password, children, log })
  writeFileSync(folder.passwordFile, password, { mode: 0o600 })
  const database = await startServer(parts, onServer)
  if (database === undefined) {
    parts.assertStarting()
    throw new Failure(`PostgreSQL does not start: ${log.lastLine}`, {
      hint: `see ${path.join(folder.logs, 'postgres.log')}`,
    })
  }
  await fill(database.connection)
  writeMarker(folder)
  return database
}

async function startServer(
  parts: DatabaseParts,
  onServer: (server: Supervised) => void,
): Promise<Database | undefined> {
  const { home, folder, port, children, log, say } = parts
  const password = readFileSync(folder.passwordFile, 'utf8')
  const connection = { host: '127.0.0.1', port, user: databaseUser, password, database: databaseName }
  const server = new Supervised(postgresPlan(home, folder, connection), children, log, say)
  onServer(server)
  server.run()
  if (await server.untilReady(readyWithinMs)) return { server, connection }
  await server.stop()
  return undefined
}

async function fill(connection: Connection): Promise<void> {
  await withClient({ ...connection, database: 'postgres' }, (client) =>
    client.query(`create database ${databaseName}`),
  )
  await withClient(connection, seed)
  await withPool(connection, prepareQueues)
}

async function withPool(connection: Connection, work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 2 })
  pool.on('error', ignoreBroken)
  try {
    await work(pool)
  } finally {
    await pool.end()
  }
}

async function withClient(
  connection: Connection,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', ignoreBroken)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** A connection that breaks fails the work on it; its event besides, unheard, would end the process. */
function ignoreBroken(): void {}
