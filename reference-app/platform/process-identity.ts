import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process as the kernel knows it: a pid alone can be given to another process after a death. */
export interface ProcessIdentity {
  readonly pid: number
  readonly startedAt: number
}

/**
 * The start time of a live process, only ever compared for equality: on Linux field 22 of /proc/PID/stat
 * (clock ticks since boot), elsewhere seconds since 1970. `undefined`: no such process, or only its corpse.
 */
export function readStartedAt(pid: number): number | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return readStartedAt(identity.pid) === identity.startedAt
}

/** Sends the signal only when the start time still fits; says whether it was sent. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    return process.kill(identity.pid, signal)
  } catch {
    return false
  }
}

function fromProc(pid: number): number | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the program's name in brackets and may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19])
}

function fromPs(pid: number): number | undefined {
  const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const startedMs = Date.parse(text.trim())
  return Number.isNaN(startedMs) ? undefined : startedMs / 1000
}
