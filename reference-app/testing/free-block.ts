import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { portsOf } from '../supervisor/ports.ts'

const drawn = new Set<number>()

/**
 * Attempts it on blocks of ports that are free and that this test file has not drawn before, below the range that
 * the system gives out by itself. The attempt says `taken` when another program was quicker: then on another block.
 */
export async function onFreeBlock<Result>(
  attempt: (port: number) => Promise<Result | 'taken'>,
): Promise<Result> {
  for (let draw = 0; draw < 500; draw += 1) {
    const port = 20_000 + 40 * randomInt(0, 240)
    if (drawn.has(port)) continue
    drawn.add(port)
    if (!(await isBlockFree(port))) continue
    const result = await attempt(port)
    if (result !== 'taken') return result
  }
  throw new Error('no free block of ports')
}

async function isBlockFree(base: number): Promise<boolean> {
  const servers = await Promise.all(Object.values(portsOf(base)).map((port) => listen(port)))
  for (const server of servers) server?.close()
  return servers.every((server) => server !== undefined)
}

/** A server that holds this port; `undefined` when another program does. */
export function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1' }, () => resolve(server))
  })
}
