import { isDeepStrictEqual } from 'node:util'

/** One resource that can be burdened. */
export interface Stressor<Wanted> {
  /** resolves when it is so; rejects with the reason why not */
  hold(wanted: Wanted, signal: AbortSignal): Promise<void>
  /** resolves when nothing is held any more; does nothing when nothing is */
  letGo(): Promise<void>
}

/** A stressor that knows what it holds, so that the same wish twice does nothing the second time. */
export interface Kept<Wanted> {
  readonly wanted: Wanted | undefined
  adjust(wanted: Wanted | undefined, signal: AbortSignal): Promise<void>
}

export function kept<Wanted>(stressor: Stressor<Wanted>): Kept<Wanted> {
  let held: Wanted | undefined
  return {
    get wanted() {
      return held
    },
    adjust: async (wanted, signal) => {
      if (isDeepStrictEqual(wanted, held)) return
      await stressor.letGo()
      held = undefined
      if (wanted === undefined) return
      signal.throwIfAborted()
      try {
        await stressor.hold(wanted, signal)
        held = wanted
      } finally {
        if (held === undefined) await stressor.letGo()
      }
    },
  }
}
