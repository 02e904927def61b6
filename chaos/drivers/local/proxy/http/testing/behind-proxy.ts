import { once } from 'node:events'
import { Server as HttpServer } from 'node:http'
import type { Server } from 'node:net'
import { DueQueue } from '../../due.ts'
import { Effect } from '../../effect.ts'
import { TcpProxy } from '../../proxy.ts'
import { http } from '../http-toxic.ts'
import { newTally, type Tally } from '../tally.ts'

export interface BehindProxy {
  /** of the proxy */
  readonly port: number
  /** of the latest rule */
  readonly counts: Tally
  add(attributes: object, name?: string): void
  takeBack(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The server on a free port, with our proxy before it, and in that an HTTP rule when one is given. */
export async function behindProxy(server: Server, attributes?: object): Promise<BehindProxy> {
  const upstream = `127.0.0.1:${await listeningPort(server)}`
  const proxy = new TcpProxy('server', { listen: '127.0.0.1:0', upstream }, new DueQueue())
  await proxy.start()
  let counts = newTally()
  const add = (rule: object, name = 'rule'): void => {
    const settings = http.configure(rule)
    counts = Object.assign(settings.attributes['counts'] ?? {}, counts)
    proxy.add({
      name,
      kind: http,
      stream: 'downstream',
      toxicity: 1,
      settings,
      order: 1,
      effect: new Effect(),
    })
  }
  if (attributes !== undefined) add(attributes)
  return {
    port: Number(proxy.addresses.listen.split(':').at(-1)),
    get counts() {
      return counts
    },
    add,
    takeBack: async () => {
      for (const toxic of proxy.toxics) await proxy.remove(toxic)
    },
    [Symbol.asyncDispose]: async () => {
      proxy.stop()
      if (server instanceof HttpServer) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listeningPort(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
