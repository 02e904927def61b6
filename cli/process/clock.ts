import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../reports/run/index.ts'

/** The run's one clock: monotonic since the process began, on the system's time of that moment. */
export function createClock(): Clock {
  return {
    nowUs: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
    wait: async (ms, signal) => {
      signal?.throwIfAborted()
      await pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted())
    },
  }
}
