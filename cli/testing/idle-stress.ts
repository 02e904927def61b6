import { once } from 'node:events'
import { createServer } from 'node:http'

/** A stress carrier that takes every wish and does nothing: its clock goes on, its processor time does not. */
export async function startIdleStress(): Promise<{ readonly url: string } & AsyncDisposable> {
  let on: unknown = {}
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    if (request.method === 'PUT') on = JSON.parse(text)
    const measured = { cpuSeconds: 1, residentBytes: 64 * 1024 ** 2, descriptors: 0, diskBytes: 0 }
    const atSeconds = performance.now() / 1000
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ on, measured: { ...measured, atSeconds } }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
