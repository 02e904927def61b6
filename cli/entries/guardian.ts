import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Held, readToGuardian } from '../process/guardian-protocol.ts'
import { createHttp } from '../process/http.ts'
import { leaseOf } from '../process/lease.ts'
import { takeBack, undoHeld } from '../process/take-back.ts'

const [runId, journalPath, scratch, leaseMs] = process.argv.slice(2)
if (runId === undefined || journalPath === undefined || scratch === undefined || !(Number(leaseMs) > 0))
  throw new Error('usage: guardian RUN JOURNAL SCRATCH LEASE_MS')

const held = new Map<string, Held>()
const lease = leaseOf(Number(leaseMs))
let saidBye = false

// A person's Ctrl-C, or a closing terminal, ends the harness; we end after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (held.size === 0) process.exit(0)
  })
// The reader of our acknowledgements may be dead by now.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const acknowledge = (id: string): boolean => process.stdout.write(`${JSON.stringify({ done: id })}\n`)

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const message = readToGuardian(line)
  if (message === undefined) return
  lease.renew()
  if ('hold' in message) {
    held.set(message.hold.id, message.hold.held)
    acknowledge(message.hold.id)
  } else if ('release' in message) {
    held.delete(message.release)
    acknowledge(`${message.release}-released`)
  } else if ('beat' in message) acknowledge(`beat-${message.beat}`)
  else saidBye = true
})
acknowledge('ready')
await Promise.race([once(lines, 'close'), lease.expired])
const place = { runId, journalPath, scratch, http: createHttp() }
// A harness that says good-bye lives on to judge, under its locks.
await (saidBye ? undoHeld : takeBack)([...held.values()], place)
process.exit(0)
