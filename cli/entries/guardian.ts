import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { jsonOf, messageOf } from '../../reports/run/plain.ts'
import { type Carrier, startCarrier } from '../process/guardian/carriers.ts'
import type { CarrierName, FromGuardian, Held, ToGuardian } from '../process/guardian/guardian-protocol.ts'
import { patienceMs, startLease } from '../process/guardian/lease.ts'
import { takeBack, takeBackAgain, undoAtGoodBye } from '../process/guardian/take-back.ts'
import { createHttp } from '../process/http.ts'
import { goFirst } from '../process/priority.ts'

const [runId, journalPath, scratch, leaseMs, leasePath] = process.argv.slice(2)
if (runId === undefined || journalPath === undefined || scratch === undefined || !(Number(leaseMs) > 0))
  throw new Error('usage: guardian RUN JOURNAL SCRATCH LEASE_MS [LEASE]')

// A processor that is stressed, perhaps by us, must not keep it from taking that back.
goFirst()
const held = new Map<string, Held>()
let saidBye = false
let hasActed = false
const patienceNowMs = (): number => patienceMs(hasActed, Number(leaseMs))
const lease = startLease(patienceNowMs())

// A person's Ctrl-C, or a closing terminal, ends the harness; we end after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (held.size === 0) process.exit(0)
  })
// The reader of our acknowledgements may be dead by now.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const tell = (message: FromGuardian): boolean => process.stdout.write(`${JSON.stringify(message)}\n`)
const acknowledge = (id: string): boolean => tell({ done: id })

const carriers: Carrier[] = []
async function start(name: CarrierName): Promise<void> {
  try {
    const carrier = await startCarrier(name, Number(leaseMs))
    carriers.push(carrier)
    held.set(`carrier-${name}`, { kind: 'process', ...carrier.process, group: false })
    tell({ started: name, url: carrier.url })
  } catch (error) {
    tell({ notStarted: name, why: messageOf(error) })
  }
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  // what is whole was checked before it was sent; a line that is cut (the harness was killed while it wrote) is no JSON
  const message = jsonOf(line) as ToGuardian | undefined
  if (message === undefined) return
  if ('hold' in message) {
    held.set(message.hold.id, message.hold.held)
    if (message.hold.held.kind !== 'process') hasActed = true
    acknowledge(message.hold.id)
  } else if ('release' in message) {
    held.delete(message.release)
    acknowledge(`${message.release}-released`)
  } else if ('beat' in message) {
    acknowledge(`beat-${message.beat}`)
    for (const carrier of carriers) carrier.beat()
  } else if ('start' in message) void start(message.start)
  else saidBye = true
  lease.renew(patienceNowMs())
})
const closed = once(lines, 'close')
acknowledge('ready')
const isExpired = await Promise.race([closed.then(() => false), lease.expired.then(() => true)])
const place = { runId, journalPath, scratch, leasePath, http: createHttp() }
await (saidBye ? undoAtGoodBye : takeBack)([...held.values()], place)
// One that stood still may wake and act once more before it hears that its lease is over.
if (isExpired) {
  await closed
  await takeBackAgain([...held.values()], place)
}
process.exit(0)
