import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

/** A test, or the tests of a file: what is given to it happens when it is over. */
interface Lifetime {
  after(close: () => void): void
}

/** Has a server listen on a free port of loopback, for as long as the test or the tests of the file; its URL. */
export async function onLoopback(server: Server, lifetime: Lifetime = { after }): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  lifetime.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
