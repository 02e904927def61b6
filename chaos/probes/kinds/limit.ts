/** A time-out of its own, cut short by whoever asked. */
export function limitedBy(timeoutMs: number, signal: AbortSignal | undefined) {
  const timeout = AbortSignal.timeout(timeoutMs)
  return {
    signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    isOver: () => timeout.aborted,
  }
}

/** Where a name has several addresses, each has refused for a reason of its own. */
export function reasonOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}
