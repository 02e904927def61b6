import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { apiServer, Proxies } from '../../chaos/drivers/local/proxy/index.ts'

const leaseMs = Number(process.argv[2])
if (!(leaseMs > 0)) throw new Error('usage: proxy LEASE_MS')

/** How long nobody must be connected before a proxy without a harness ends. */
const IDLE_MS = 2_000

const proxies = new Proxies()
const server = apiServer(proxies)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('the API listens nowhere')
// Whoever reads may be dead by now.
process.stdout.on('error', () => {})
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`)

// Bytes go on passing: only what was done to them ends.
const takeBack = (): void => void proxies.reset().catch(() => {})
const end = (): void => {
  proxies.stop()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)

let lease = setTimeout(takeBack, leaseMs)
for await (const _line of createInterface({ input: process.stdin })) {
  clearTimeout(lease)
  lease = setTimeout(takeBack, leaseMs)
}
clearTimeout(lease)
takeBack()

let idleSinceMs = performance.now()
setInterval(() => {
  if (proxies.openConnections > 0) idleSinceMs = performance.now()
  else if (performance.now() - idleSinceMs >= IDLE_MS) end()
}, 200)
