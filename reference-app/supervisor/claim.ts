import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../platform/failure.ts'
import { describeHolder, findHolder } from './holder.ts'
import { blockSize, type Ports, portsOf } from './ports.ts'

const blocksTried = 20

/** How long the ports of a Plaza that was killed are waited for, in ms: its keeper needs about two seconds. */
const leftoverMs = 5_000

export interface Wish {
  /** The first port of the block. */
  readonly base: number
  /** Asked for by name: no other block will do. */
  readonly isFixed: boolean
  /** Whether a Plaza that used this block died a moment ago, so that waiting is worthwhile. */
  isLeftBehind(base: number): boolean
  say(sentence: string): void
}

export interface Claim {
  readonly ports: Ports
  /** Listens on the block's control port from now on, which keeps others off the block. */
  readonly door: Server
}

/** Takes a block of which all ports are free, or refuses and names who holds the port. */
export async function claimBlock(wish: Wish): Promise<Claim> {
  for (let count = 0; count < blocksTried; count += 1) {
    const base = wish.base + count * blockSize
    const claim = await claimWithin(portsOf(base), wish.isLeftBehind(base) ? leftoverMs : 0)
    if (typeof claim !== 'number') return claim
    const sentence = `port ${claim} is held by ${describeHolder(findHolder(claim))}`
    if (wish.isFixed) throw refused(sentence)
    wish.say(`${sentence}; trying the block from ${base + blockSize}`)
  }
  throw refused(`no free block of ports from ${wish.base} on`)
}

function refused(sentence: string): Failure {
  return new Failure(sentence, { hint: 'stop it, or choose another block with --port', exitCode: 2 })
}

async function claimWithin(ports: Ports, withinMs: number): Promise<Claim | number> {
  const end = performance.now() + withinMs
  for (;;) {
    const claim = await tryClaim(ports)
    if (typeof claim !== 'number' || performance.now() >= end) return claim
    await sleep(100)
  }
}

/** The claim, or the first port that is taken. The control port comes first: who has it has the block. */
async function tryClaim(ports: Ports): Promise<Claim | number> {
  const door = await listen(ports.control)
  if (door === undefined) return ports.control
  for (const port of Object.values(ports)) {
    if (port === ports.control) continue
    const probe = await listen(port)
    if (probe === undefined) {
      await close(door)
      return port
    }
    await close(probe)
  }
  return { ports, door }
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1' }, () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
