import { createHash } from 'node:crypto'
import { duration, GauntletError, type Target } from '../../reports/run/index.ts'
import { acquire, holdersOf, type Lock } from '../process/locks.ts'
import type { Attendance, RunRequest } from './run.ts'

const MEASURING_WAIT_MS = 60_000
const TARGET_WAIT_MS = 3_600_000

export interface LockInputs {
  readonly request: RunRequest
  readonly runId: string
  readonly target: Target
}

/** One run at a time on a target, and one measurement at a time on a machine. */
export async function takeLocks(
  { request, runId, target }: LockInputs,
  { progress, stopper }: Attendance,
): Promise<{ release(): void }> {
  const what = `gauntlet run ${request.plan}`
  const targetName = `target-${identityOf(target)}`
  const targetLock = await acquire(targetName, {
    what,
    run: runId,
    waitMs: request.waitForTarget ? TARGET_WAIT_MS : 0,
    signal: stopper.signal,
    onWait: (holder) =>
      progress.fact(`waiting: ${target.name} is being measured by run ${holder.run ?? holder.pid}`),
  }).catch((error: unknown) => {
    throw error instanceof GauntletError && error.code === 'LOCKED' ? busy(target, targetName, error) : error
  })
  try {
    const machineLock = await acquire('measuring', {
      what,
      run: runId,
      waitMs: MEASURING_WAIT_MS,
      signal: stopper.signal,
      onWait: (holder) =>
        progress.fact(`waiting up to 60 s: this machine measures for ${holder.what} (pid ${holder.pid})`),
    })
    return releaseAll([machineLock, targetLock])
  } catch (error) {
    targetLock.release()
    throw error
  }
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
