import { readAuditRequest, runVisits, visitPage } from '../../scenarios/drivers/lighthouse/index.ts'

const [, , argument] = process.argv
if (argument === undefined) throw new Error('usage: audit REQUEST (one JSON document)')
const request = readAuditRequest(argument)

const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())

// Whoever started us is gone: nobody reads our lines any more.
const parent = process.ppid
const watch = setInterval(() => process.ppid === parent || stopping.abort(), 500)
process.stdout.on('error', () => stopping.abort())

// Lighthouse leaves promises unattended when its browser is killed under it, as a visit that is given up does.
process.on('unhandledRejection', (reason) => {
  if (!(reason instanceof Error && /Protocol error|Target closed|Session closed/.test(reason.message)))
    throw reason
})

await runVisits(request, {
  signal: stopping.signal,
  nowUs: () => (performance.timeOrigin + performance.now()) * 1000,
  visit: (timeoutMs) =>
    visitPage({ ...request, timeoutMs, sandbox: process.getuid?.() !== 0, signal: stopping.signal }),
  print: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
})
clearInterval(watch)
// An abandoned visit may still hold timers of Lighthouse's; what was printed is written by then.
process.stdout.write('', () => process.exit(0))
