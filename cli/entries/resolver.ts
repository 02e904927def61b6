import { getServers } from 'node:dns'
import { setTimeout as pause } from 'node:timers/promises'
import { serveAsCarrier } from '../../chaos/drivers/local/carrier/index.ts'
import { resolverLoad, startResolver } from '../../chaos/drivers/local/resolver/index.ts'
import { PASSES_ON_MS } from '../process/guardian/link-proxies.ts'

const [leaseMs, port, passesOnMs] = [
  Number(process.argv[2]),
  Number(process.argv[3] ?? 0),
  Number(process.argv[4] ?? PASSES_ON_MS),
]
if (!(leaseMs > 0) || !(port >= 0) || !(passesOnMs >= 0))
  throw new Error('usage: resolver LEASE_MS [PORT [PASSES_ON_MS]] (a line on stdin renews the lease)')

const LOOK_EVERY_MS = 100

/** The system's own resolver; one that stands on the usual port is listed without it. */
function systemUpstream(): string {
  const [first = '127.0.0.1'] = getServers()
  if (/\]:\d+$|^[\d.]+:\d+$/.test(first)) return first
  return first.includes(':') ? `[${first}]:53` : `${first}:53`
}

const resolver = await startResolver({ port, upstream: systemUpstream(), random: Math.random })
const carrier = await serveAsCarrier({ load: resolverLoad(resolver), input: process.stdin, leaseMs })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(0))
// Whoever started us may be gone by now.
process.stdout.on('error', () => {})
process.stdout.write(`${JSON.stringify({ url: carrier.url })}\n`)
await carrier.over
// Who was led here, and was not seen to go straight, may still ask.
const endMs = performance.now() + passesOnMs
while (resolver.isNeeded && performance.now() < endMs) await pause(LOOK_EVERY_MS)
process.exit(0)
