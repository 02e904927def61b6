import { GauntletError } from '../../../reports/run/index.ts'

/** Why a run ends early, and who wants it. */
export interface StopReason {
  readonly by: 'person' | 'guard' | 'machinery'
  readonly reason: string
  readonly hint?: string
}

/** The run's one abort: the first reason counts. */
export interface Stopper {
  readonly signal: AbortSignal
  readonly reason: StopReason | undefined
  stop(reason: StopReason): void
}

export function createStopper(): Stopper {
  const controller = new AbortController()
  let first: StopReason | undefined
  return {
    signal: controller.signal,
    get reason() {
      return first
    },
    stop: (reason) => {
      first ??= reason
      // what a command ends with when it is stopped before there is a run to judge
      const error = new GauntletError('STOPPED', `${reason.reason}, before the run began`, {
        exit: 'stopped',
      })
      controller.abort(error)
    },
  }
}

/** Before anything acts, a stop simply ends the command. */
export async function unlessStopped<Value>(work: Promise<Value>, { signal }: Stopper): Promise<Value> {
  const stopped = Promise.withResolvers<never>()
  const onAbort = (): void => stopped.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return Promise.race([work, stopped.promise]).finally(() => signal.removeEventListener('abort', onAbort))
}
