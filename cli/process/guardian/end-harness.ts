import { setTimeout as pause } from 'node:timers/promises'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { isAlive } from '../identity.ts'

const LOOK_EVERY_MS = 50
/** A killed process that the kernel cannot end is not waited for longer than this. */
const KILLED_MS = 2_000

/**
 * Ends a harness as a person would: it stops its load and undoes what is on. One that does not end in time is killed:
 * then its guardians do it.
 */
export async function endHarness(
  harness: ProcessIdentity,
  withinMs: number,
): Promise<'ended' | 'killed' | 'alive'> {
  send(harness, 'SIGINT')
  if (await gone(harness, withinMs)) return 'ended'
  send(harness, 'SIGKILL')
  return (await gone(harness, KILLED_MS)) ? 'killed' : 'alive'
}

function send(one: ProcessIdentity, signal: 'SIGINT' | 'SIGKILL'): void {
  if (!isAlive(one)) return
  try {
    process.kill(one.pid, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

/** Whether it ends within this time. */
export async function gone(one: ProcessIdentity, withinMs: number): Promise<boolean> {
  const untilMs = performance.now() + withinMs
  while (isAlive(one)) {
    if (performance.now() > untilMs) return false
    await pause(LOOK_EVERY_MS)
  }
  return true
}
