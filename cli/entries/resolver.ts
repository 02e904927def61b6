import { getServers } from 'node:dns'
import { serveAsCarrier } from '../../chaos/drivers/local/carrier/index.ts'
import { resolverLoad, startResolver } from '../../chaos/drivers/local/resolver/index.ts'

const [leaseMs, port] = [Number(process.argv[2]), Number(process.argv[3] ?? 0)]
if (!(leaseMs > 0) || !(port >= 0))
  throw new Error('usage: resolver LEASE_MS [PORT] (a line on stdin renews the lease)')

/** The system's own resolver; one that stands on the usual port is listed without it. */
function systemUpstream(): string {
  const [first = '127.0.0.1'] = getServers()
  if (/\]:\d+$|^[\d.]+:\d+$/.test(first)) return first
  return first.includes(':') ? `[${first}]:53` : `${first}:53`
}

const resolver = await startResolver({ port, upstream: systemUpstream(), random: Math.random })
const carrier = await serveAsCarrier({ load: resolverLoad(resolver), input: process.stdin, leaseMs })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => carrier.end())
// Whoever started us may be gone by now.
process.stdout.on('error', () => {})
process.stdout.write(`${JSON.stringify({ url: carrier.url })}\n`)
await carrier.over
await resolver.close()
process.exit(0)
