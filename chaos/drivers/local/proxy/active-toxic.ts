import type { Effect } from './effect.ts'
import type { Settings, Stream, ToxicKind } from './toxic.ts'

/** A toxic that is on. */
export interface ActiveToxic {
  readonly name: string
  readonly kind: ToxicKind
  readonly stream: Stream
  /** the share of connections that it acts on, 0–1 */
  readonly toxicity: number
  readonly settings: Settings
  /** by which toxics are ordered; an update keeps it */
  readonly order: number
  readonly effect: Effect
}
