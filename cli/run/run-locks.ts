import { createHash } from 'node:crypto'
import { GauntletError, type Target } from '../../reports/run/index.ts'
import { acquire, type Lock } from '../process/locks.ts'
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
  const targetLock = await acquire(`target-${identityOf(target)}`, {
    what,
    run: runId,
    waitMs: request.waitForTarget ? TARGET_WAIT_MS : 0,
    signal: stopper.signal,
    onWait: (holder) =>
      progress.fact(`waiting: ${target.name} is being measured by run ${holder.run ?? holder.pid}`),
  }).catch((error: unknown) => {
    if (error instanceof GauntletError) throw busy(target, error)
    throw error
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

function busy(target: Target, error: GauntletError): GauntletError {
  return new GauntletError('TARGET_BUSY', `${target.name} is being measured: ${error.message}`, {
    hint: 'wait for it with --wait',
    cause: error,
  })
}

function identityOf({ name, addresses }: Target): string {
  return createHash('sha256')
    .update(JSON.stringify([name, addresses]))
    .digest('hex')
    .slice(0, 12)
}
