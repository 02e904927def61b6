// Loaded into the harness before its own code (`--import`): brings the crash about at the moment that the point names,
// as the harness writes its journal. Nothing of the harness is replaced; what is written is written.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { commandLine, identify, listPids } from '../../process/identity.ts'
import type { CrashPoint } from './points.ts'

interface Order {
  readonly point: CrashPoint
  /** where it is said what was done, before it is done */
  readonly said: string
  /** where it is said that all is ready, and where it is waited for the others that shall crash at the same time */
  readonly ready: string
  readonly go: string
  /** on the file system of the run folder */
  readonly disk: string
  readonly target: number
}

const order: Order = JSON.parse(process.env['GAUNTLET_CRASH'] ?? '')
const { point } = order

/** The line of the journal at which it happens, and whether before it is written or after. */
const LINES = {
  'before-journal': { kind: 'fault-injecting', after: false },
  'journal-to-fault': { kind: 'fault-injecting', after: true },
  during: { kind: 'fault-injected', after: true },
  reverting: { kind: 'fault-undoing', after: true },
  after: { kind: 'fault-normal', after: true },
}
const line = LINES[point.when]
let hasHappened = false
let delayed: NodeJS.Timeout | undefined
const LOOK_EVERY_MS = 10

const handle = await open(import.meta.filename)
const prototype: FileHandle = Object.getPrototypeOf(handle)
await handle.close()
const { appendFile } = prototype
prototype.appendFile = async function (this: FileHandle, data, options) {
  const tells = (kind: string): boolean => String(data).includes(`"kind":"${kind}"`)
  if (tells('second-zero')) await forOthers()
  const isIt = tells(line.kind) && !hasHappened
  if (isIt) hasHappened = true
  if (isIt && !line.after) crash()
  // on a busy machine the timer may come late, and the fault, or the run, would be over
  if (delayed !== undefined && tells('fault-undoing')) crash()
  await appendFile.call(this, data, options)
  if (isIt && line.after) {
    if (point.delayMs > 0) delayed = setTimeout(crash, point.delayMs)
    else crash()
  }
}

async function forOthers(): Promise<void> {
  writeFileSync(order.ready, '')
  while (!existsSync(order.go)) await pause(LOOK_EVERY_MS)
}

function crash(): void {
  clearTimeout(delayed)
  delayed = undefined
  const guardians = guardianPids()
  const hit = {
    harness: [process.pid],
    journal: [process.pid],
    guardian: guardians,
    both: [...guardians.slice(0, 1), process.pid],
    target: [order.target],
  }[point.who]
  const identities = hit.map((pid) => identify(pid)).filter((one) => one !== undefined)
  writeFileSync(
    order.said,
    JSON.stringify({ atMs: Date.now(), hit: identities, isStopped: point.how === 'SIGSTOP' }),
  )
  if (point.how === 'disk-full') fillDisk()
  const signal = point.how === 'disk-full' ? 'SIGKILL' : point.how
  const livesOn = point.how === 'disk-full' && (point.who === 'harness' || point.who === 'journal')
  // the harness last: what is sent after it would not be sent
  for (const { pid } of identities) if (!livesOn) process.kill(pid, signal)
}

/** Our own guardians, the first one first. */
function guardianPids(): number[] {
  return listPids().filter(
    (pid) => commandLine(pid).includes('entries/guardian') && parentOf(pid) === process.pid,
  )
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

function fillDisk(): void {
  mkdirSync(order.disk, { recursive: true })
  for (let n = 0, bytes = 64 * 1024; bytes >= 1; n++) {
    try {
      writeFileSync(join(order.disk, `filler-${n}`), Buffer.alloc(bytes))
    } catch {
      bytes = Math.floor(bytes / 2)
    }
  }
}
