import { setTimeout as pause } from 'node:timers/promises'
import type { ProcessIdentity } from '../../reports/run/index.ts'
import { groupMembers, isAlive, readStartedAt } from './identity.ts'

const POLL_MS = 20

export interface Terminated extends ProcessIdentity {
  /** true: it leads a process group, which ends with it */
  readonly group: boolean
}

/** TERM, wait, KILL, for all of them at once; resolves when they are gone. */
export async function terminate(processes: readonly Terminated[], graceMs: number): Promise<void> {
  for (const one of processes) send(one, 'SIGTERM')
  if (await gone(processes, graceMs)) return
  for (const one of processes) send(one, 'SIGKILL')
  await gone(processes, KILLED_MS)
}

/** A killed process that the kernel cannot end (it hangs in a device) is not waited for longer than this. */
const KILLED_MS = 2_000

// A group outlives its leader: the leader's pid stays reserved as long as a member lives. Where another process has it,
// the group ended, and this one is another's.
function members(one: Terminated): number[] {
  if (!one.group) return isAlive(one) ? [one.pid] : []
  const leaderStartedAt = readStartedAt(one.pid)
  const isOurs = leaderStartedAt === undefined || leaderStartedAt === one.startedAt
  return isOurs ? groupMembers(one.pid) : []
}

function send(one: Terminated, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (members(one).length === 0) return
  try {
    process.kill(one.group ? -one.pid : one.pid, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

async function gone(processes: readonly Terminated[], withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  while (processes.some((one) => members(one).length > 0)) {
    if (performance.now() > until) return false
    await pause(POLL_MS)
  }
  return true
}
