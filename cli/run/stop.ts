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
      controller.abort(new Error(reason.reason))
    },
  }
}
