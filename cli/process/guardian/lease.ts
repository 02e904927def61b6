/** Whoever stood still himself hears what was said meanwhile before he takes a silence for an end. */
const LISTEN_MS = 100
/** A harness that has had nothing on may stand still for so long: it starts many programs, perhaps on a busy machine. */
const BEFORE_ANY_MS = 30_000

/** How long nothing may be heard of a harness, which has or had something on that is to be taken back, or not yet. */
export const patienceMs = (hasActed: boolean, leaseMs: number): number =>
  hasActed ? leaseMs : Math.max(leaseMs, BEFORE_ANY_MS)

export interface RunningLease {
  /** it ends so long from now, unless it is renewed before */
  renew(lengthMs: number): void
  /** resolves when nobody renewed it in time; never rejects */
  readonly expired: Promise<void>
}

/** A right that ends by itself: begins now. Its clock stands still while the machine sleeps, and no step moves it. */
export function startLease(lengthMs: number): RunningLease {
  const expired = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const listen = (): void => {
    timer = setTimeout(expired.resolve, LISTEN_MS)
  }
  const renew = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(listen, ms)
  }
  renew(lengthMs)
  return { renew, expired: expired.promise }
}
