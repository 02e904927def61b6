import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessIdentity } from '../../reports/run/index.ts'

/** A live process as the kernel tells it. */
interface Status {
  /** clock ticks since boot on Linux, seconds since 1970 elsewhere: only ever compared for equality */
  readonly startedAt: number
  readonly groupId: number
  readonly isStopped: boolean
}

/** The start time of a live process; undefined when there is none, or only its corpse (a zombie). */
export function readStartedAt(pid: number): number | undefined {
  return readStatus(pid)?.startedAt
}

/** Whether this very process lives: a pid that was given to another one since does not count. */
export function isAlive(identity: ProcessIdentity): boolean {
  return readStartedAt(identity.pid) === identity.startedAt
}

/** Whether this very process is stopped by a signal, and waits for SIGCONT. */
export function isStopped({ pid, startedAt }: ProcessIdentity): boolean {
  const status = readStatus(pid)
  return status?.startedAt === startedAt && status.isStopped
}

/** The identity of a live process, or undefined when it is gone. */
export function identify(pid: number | undefined): ProcessIdentity | undefined {
  const startedAt = pid === undefined ? undefined : readStartedAt(pid)
  return pid === undefined || startedAt === undefined ? undefined : { pid, startedAt }
}

/** The command line of a process, as people know it; empty when it is gone. */
export const commandLine = (pid: number): string => wholeCommandLine(pid).slice(0, 120)

/** However long it is. */
export function wholeCommandLine(pid: number): string {
  try {
    const text =
      process.platform === 'linux' ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ps(pid, 'command=')
    return text.replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Pids of the live members of a process group. A group of corpses is empty: kill(-group, 0) would not tell. */
export function groupMembers(groupId: number): number[] {
  return listPids().filter((pid) => readStatus(pid)?.groupId === groupId)
}

export function listPids(): number[] {
  const names =
    process.platform === 'linux'
      ? readdirSync('/proc')
      : execFileSync('ps', ['-A', '-o', 'pid='], { encoding: 'utf8' }).split(/\s+/)
  return names.filter((name) => /^\d+$/.test(name)).map(Number)
}

function readStatus(pid: number): Status | undefined {
  try {
    return process.platform === 'linux' ? statusFromProc(pid) : statusFromPs(pid)
  } catch {
    return undefined
  }
}

// proc_pid_stat(5): the second field is the program's name in brackets and may itself hold blanks and brackets.
function statusFromProc(pid: number): Status | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const [state, , groupId, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const STARTTIME = 22 - 3 - 3
  return state === 'Z' || state === 'X'
    ? undefined
    : { groupId: Number(groupId), startedAt: Number(rest[STARTTIME]), isStopped: state === 'T' }
}

function statusFromPs(pid: number): Status | undefined {
  const [state = '', groupId, ...started] = ps(pid, 'stat=,pgid=,lstart=').trim().split(/\s+/)
  const startedAt = Date.parse(started.join(' ')) / 1000
  return state.startsWith('Z') || Number.isNaN(startedAt)
    ? undefined
    : { groupId: Number(groupId), startedAt, isStopped: state.startsWith('T') }
}

function ps(pid: number, columns: string): string {
  return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' })
}
