import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'

export const FAULTS = ['pause', 'kill', 'down', 'delay', 'reset', 'partition', 'recycled'] as const
export const WHO = ['harness', 'guardian', 'both', 'target', 'journal'] as const
export const WHEN = ['before-journal', 'journal-to-fault', 'during', 'reverting', 'after'] as const
export const HOW = ['SIGTERM', 'SIGKILL', 'SIGSTOP', 'disk-full'] as const

/** One way in which a run with a fault comes to grief. */
export interface CrashPoint {
  readonly fault: (typeof FAULTS)[number]
  /** `both`: the harness and one guardian at once; `journal`: the harness, and then its journal is cut at any byte */
  readonly who: (typeof WHO)[number]
  readonly when: (typeof WHEN)[number]
  /** SIGSTOP lasts for two leases; with a full disk the harness lives on, and the others are killed besides */
  readonly how: (typeof HOW)[number]
  /** from the moment that `when` names */
  readonly delayMs: number
  /** where the journal is cut, from its end to its beginning: 0 to 1 */
  readonly cutRatio: number
}

/** The longest that `during` may last after the effect was proven. */
const DURING_MS = 400

/** Each of the 700 combinations comes once before any comes again; the seed decides the order and the rest. */
export function crashPoint(seed: number, index: number): CrashPoint {
  const random = mulberry32(seed * 7919 + index)
  const order = mulberry32(seed)() * 1e6
  const all = FAULTS.length * WHO.length * WHEN.length * HOW.length
  // 307 has no divisor in common with 700: a walk over all of them
  let at = (Math.floor(order) + index * 307) % all
  const next = <Item>(items: readonly Item[]): Item => {
    const item = items[at % items.length]!
    at = Math.floor(at / items.length)
    return item
  }
  const when = next(WHEN)
  const [how, who, fault] = [next(HOW), next(WHO), next(FAULTS)]
  const delayMs = when === 'during' ? Math.floor(random() * DURING_MS) : 0
  return { fault, who, when, how, delayMs, cutRatio: random() }
}
