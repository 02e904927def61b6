import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { GauntletError } from '../../reports/run/plain.ts'
import { commandLine, listPids } from './identity.ts'
import { acquire, holdersOf, type Lock } from './locks.ts'

const LOOPBACK = '127.0.0.1'
const LAST_PORT = 65_535
/** Below the ephemeral range of every system, so that no outgoing connection takes one. */
const TEST_PORTS = { first: 20_000, end: 30_000 }

/** Whether we could listen on it now. */
export async function isPortFree(port: number): Promise<boolean> {
  checkPort(port)
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

const LISTED = ['/proc/net/tcp', '/proc/net/tcp6']

/** Whether this system tells who listens on a port at all: Linux does. */
export const tellsListeners = (files = LISTED): boolean => files.some(existsSync)

/** Processes of ours to see that listen on a port; none where the system does not tell. */
export function listenersOn(port: number): number[] {
  const sockets = listeningSockets(port) ?? []
  return sockets.length === 0 ? [] : listPids().filter((pid) => holdsOne(pid, sockets))
}

/** Who listens on a port, in words; empty when it is free. `an unknown process` where the system does not tell. */
export async function portHolders(port: number): Promise<string[]> {
  checkPort(port)
  // Two that find out by listening would find each other, so that is for systems that do not tell.
  const sockets = listeningSockets(port)
  const isFree = sockets === undefined ? await isPortFree(port) : sockets.length === 0
  if (isFree) return []
  const pids = listenersOn(port)
  return pids.length === 0
    ? ['an unknown process']
    : pids.map((pid) => `process ${pid} (${commandLine(pid)})`)
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= LAST_PORT) return
  throw new GauntletError('NO_SUCH_PORT', `there is no port ${port}`, {
    hint: `ports are whole numbers from 1 to ${LAST_PORT}`,
  })
}

export interface PortBlock extends Lock {
  readonly ports: readonly number[]
}

/**
 * A block of free ports for one test, locked so that no other test takes it. Where it looks first is drawn: the tests
 * of another checkout may have locks of their own.
 */
export async function lockPortBlock(
  size: number,
  what: string,
  draw: (blocks: number) => number = randomInt,
): Promise<PortBlock> {
  const blocks = Math.floor((TEST_PORTS.end - TEST_PORTS.first) / size)
  const drawn = draw(blocks)
  for (let tried = 0; tried < blocks; tried += 1) {
    const first = TEST_PORTS.first + ((drawn + tried) % blocks) * size
    const ports = Array.from({ length: size }, (_, index) => first + index)
    const lock = await lockIfFree(ports, what)
    if (lock !== undefined) return { ...lock, ports }
  }
  throw new GauntletError(
    'NO_PORTS',
    `no ${size} free ports between ${TEST_PORTS.first} and ${TEST_PORTS.end}`,
  )
}

// Each hundred is one lock, so that blocks of different sizes never overlap unseen.
async function lockIfFree(ports: readonly number[], what: string): Promise<Lock | undefined> {
  const hundreds = [...new Set(ports.map((port) => `ports-${Math.floor(port / 100) * 100}`))]
  if (hundreds.some((name) => holdersOf(name).length > 0)) return undefined
  const locks: Lock[] = []
  const release = (): void => locks.forEach((lock) => void lock.release())
  try {
    for (const name of hundreds) locks.push(await acquire(name, { what, waitMs: 0 }))
    const free = await Promise.all(ports.map(isPortFree))
    if (free.every(Boolean)) return { release, [Symbol.dispose]: release }
  } catch (error) {
    if (!(error instanceof GauntletError)) throw error
  }
  release()
  return undefined
}

const LISTEN = '0A'

// As the links in /proc/PID/fd name them; undefined where the system does not list them.
// proc_net(5): local address, state and inode are the columns 1, 3 and 9; ports in hex.
function listeningSockets(port: number): string[] | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const rows = LISTED.flatMap((file) => readLines(file))
  if (rows.length === 0) return undefined
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === LISTEN)
    .map((columns) => `socket:[${columns[9]}]`)
}

function holdsOne(pid: number, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(linkOf(`/proc/${pid}/fd/${fd}`)))
  } catch {
    return false // it ended, or belongs to another user
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
