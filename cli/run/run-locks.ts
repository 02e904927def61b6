import { createHash } from 'node:crypto'
import { duration, GauntletError, type Target } from '../../reports/run/index.ts'
import { acquire, holdersOf, type Lock, type LockHolder } from '../process/locks.ts'
import type { Attendance } from './request.ts'

const MEASURING_WAIT_MS = 60_000
const TARGET_WAIT_MS = 3_600_000

export interface LockInputs {
  /** said to whom finds them taken: `gauntlet run release-gate` */
  readonly what: string
  readonly runId: string
  readonly targets: readonly Target[]
  readonly waitForTarget: boolean
}

/** One run at a time on a target, and one measurement at a time on a machine. */
export async function underLocks<Result>(
  inputs: LockInputs,
  attendance: Attendance,
  work: () => Promise<Result>,
): Promise<Result> {
  const locks = await takeLocks(inputs, attendance)
  try {
    return await work()
  } finally {
    locks.release()
  }
}

async function takeLocks(
  { what, runId, targets, waitForTarget }: LockInputs,
  { progress, stopper }: Attendance,
): Promise<{ release(): void }> {
  const taken: Lock[] = []
  const request = { what, run: runId, signal: stopper.signal }
  try {
    for (const [name, target] of byLockName(targets)) {
      const waitMs = waitForTarget ? TARGET_WAIT_MS : 0
      const onWait = (holder: LockHolder): void =>
        progress.fact(`waiting: ${target.name} is being measured by run ${holder.run ?? holder.pid}`)
      const lock = acquire(name, { ...request, waitMs, onWait }).catch((error: unknown) => {
        throw error instanceof GauntletError && error.code === 'LOCKED' ? busy(target, name, error) : error
      })
      taken.push(await lock)
    }
    const onWait = (holder: LockHolder): void =>
      progress.fact(`waiting up to 60 s: this machine measures for ${holder.what} (pid ${holder.pid})`)
    taken.push(await acquire('measuring', { ...request, waitMs: MEASURING_WAIT_MS, onWait }))
    return releaseAll(taken)
  } catch (error) {
    releaseAll(taken).release()
    throw error
  }
}

/** A target once, however often it is named, and in one order: two who want the same ones never wait for each other. */
function byLockName(targets: readonly Target[]): [name: string, target: Target][] {
  const named = new Map(targets.map((target) => [`target-${identityOf(target)}`, target]))
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1))
}

function releaseAll(locks: readonly Lock[]): { release(): void } {
  return {
    release: () => {
      for (const lock of locks) lock.release()
    },
  }
}

function busy(target: Target, lock: string, cause: GauntletError): GauntletError {
  const [holder] = holdersOf(lock)
  const by =
    holder === undefined
      ? ''
      : ` by run ${holder.run}, started ${duration(Date.now() - Date.parse(holder.since))} ago by pid ${holder.pid}`
  return new GauntletError('TARGET_BUSY', `${target.name} is being measured${by}`, {
    hint: 'wait for it with --wait',
    cause,
  })
}

function identityOf({ name, addresses }: Target): string {
  return createHash('sha256')
    .update(JSON.stringify([name, addresses]))
    .digest('hex')
    .slice(0, 12)
}
