import { setTimeout as pause } from 'node:timers/promises'

/** Whoever stood still himself hears what was said meanwhile before he takes a silence for an end. */
const LISTEN_MS = 100

export interface Lease {
  renew(): void
  /** resolves when nobody renewed it for its whole length; never rejects */
  readonly expired: Promise<void>
}

/** A right that ends by itself: begins now. Its clock stands still while the machine sleeps, and no step moves it. */
export function leaseOf(lengthMs: number): Lease {
  let untilMs = performance.now() + lengthMs
  const run = async (): Promise<void> => {
    for (;;) {
      const leftMs = untilMs - performance.now()
      if (leftMs > 0) await pause(leftMs)
      else {
        await pause(LISTEN_MS)
        if (untilMs <= performance.now()) return
      }
    }
  }
  return {
    renew: () => {
      untilMs = performance.now() + lengthMs
    },
    expired: run(),
  }
}
