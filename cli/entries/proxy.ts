import { setTimeout as pause } from 'node:timers/promises'
import { followLease } from '../../chaos/drivers/local/carrier/lease.ts'
import { Proxies, serveApi } from '../../chaos/drivers/local/proxy/index.ts'
import { PASSES_ON_MS } from '../process/guardian/link-proxies.ts'
import { goFirst } from '../process/priority.ts'

const leaseMs = Number(process.argv[2])
const passesOnMs = Number(process.argv[3] ?? PASSES_ON_MS)
if (!(leaseMs > 0 && passesOnMs >= 0))
  throw new Error('usage: proxy LEASE_MS [PASSES_ON_MS] (a line on stdin renews the lease)')

const LOOK_EVERY_MS = 100
// As every instrument: a delay must not grow with the load on the target.
goFirst()

const proxies = new Proxies()
// Bytes go on passing: only what was done to them ends.
const takeBack = (): void => void proxies.reset().catch(() => {})
const lease = followLease({ input: process.stdin, leaseMs, onExpired: takeBack })
const api = await serveApi({ proxies, port: 0, mayInject: lease.isHeld })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(0))
// Whoever started us may be gone by now.
process.stdout.on('error', () => {})
process.stdout.write(`${JSON.stringify({ url: api.url })}\n`)

await lease.over
takeBack()
// A proxy that nobody has deleted has a link that may still go through it.
const endMs = performance.now() + passesOnMs
while (proxies.all().length > 0 && performance.now() < endMs) await pause(LOOK_EVERY_MS)
process.exit(0)
