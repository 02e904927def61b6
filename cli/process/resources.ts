import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ProcessIdentity } from '../../reports/run/index.ts'
import { isAlive } from './identity.ts'

/** What can be read of a process from outside, by its name in `PROCESS/METRIC`; see proc_pid_status(5). */
export const RESOURCES = {
  /** memory that it holds in RAM, shared pages included */
  'resident-bytes': (pid: number) => statusOf(pid, 'VmRSS') * 1024,
  /** files, sockets and pipes that it has open; only its own user and root may count them */
  'open-files': (pid: number) => readdirSync(`/proc/${pid}/fd`).length,
  threads: (pid: number) => statusOf(pid, 'Threads'),
  /** since its start, user and system, of all its threads */
  'cpu-seconds': (pid: number) => cpuSecondsOf(pid),
} as const

export type Resource = keyof typeof RESOURCES

export const isResource = (name: string): name is Resource => Object.hasOwn(RESOURCES, name)

/** Whether this system tells them at all: Linux does. */
export const tellsResources = (): boolean => existsSync('/proc/self/status')

/** Null when this very process is gone, or does not let itself be read. */
export function readResource(process: ProcessIdentity, resource: Resource): number | null {
  try {
    const value = RESOURCES[resource](process.pid)
    // looked at afterwards: its pid may have been given to another one before the value was read
    return Number.isFinite(value) && isAlive(process) ? value : null
  } catch {
    return null
  }
}

/** A number of /proc/PID/status; the memory in it is in KiB. */
function statusOf(pid: number, key: 'VmRSS' | 'Threads'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(new RegExp(`^${key}:\\s*(\\d+)`, 'm').exec(status)?.[1])
}

/** USER_HZ, which Linux fixes at 100 for every program, whatever the kernel's own tick is (time(7)). */
const TICKS_PER_SECOND = 100

/** proc_pid_stat(5): utime and stime are the fields 14 and 15; the second one, a name, may hold blanks and brackets. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TICKS_PER_SECOND
}
