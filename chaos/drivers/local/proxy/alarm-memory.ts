/** What an alarm and its thread share. */
export interface AlarmMemory {
  /** one element: how often it was set; whoever waits is woken when it changes */
  readonly settings: Int32Array<SharedArrayBuffer>
  /** one element, by `monotonicMs` */
  readonly dueMs: Float64Array<SharedArrayBuffer>
}

export const NEVER_MS = Number.POSITIVE_INFINITY

/** The clock that all threads of a process share; performance.now() begins anew in each. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
