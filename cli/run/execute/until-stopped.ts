import type { RunContext } from '../../../reports/run/index.ts'

/** Works beside the run, from now until it is stopped; `stop` rejects with the first thing that failed. */
export function untilStopped(
  start: (context: RunContext) => readonly Promise<void>[],
  context: RunContext,
): { stop(): Promise<void> } {
  const stopped = new AbortController()
  const all = start({ ...context, signal: AbortSignal.any([stopped.signal, context.signal]) })
  for (const one of all) one.catch(() => {}) // told by stop
  return {
    stop: async () => {
      stopped.abort()
      await Promise.all(all)
    },
  }
}
