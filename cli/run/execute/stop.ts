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
