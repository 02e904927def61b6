/** Measured times, ascending, and how many events ended without a good answer: slower than every limit. */
export interface Distribution {
  readonly values: readonly (readonly [valueMs: number, count: number])[]
  readonly beyond: number
  /** the longest that was seen of any event, good or not */
  readonly longestMs: number
}

/** What was counted in one second, or in one slice of time. */
export interface Second {
  readonly events: number
  /** as many as may be bad */
  readonly bad: number
  /** as many as are known to be */
  readonly least: number
}

/** The seconds of one phase in time order, without a hole. */
export interface Stretch {
  readonly phase: string
  /** an experiment of the plan injects its fault in this phase */
  readonly faulted: boolean
  readonly seconds: readonly Second[]
}

/** What was counted for a measure in some phases of the run. */
export interface Sample {
  readonly events: number
  /** one number, unless a limit had no counter of its own: then its bucket counts as bad, or as good (rule 20) */
  readonly bad: { readonly most: number; readonly least: number }
  /** null when the objective is about a share and not about time */
  readonly times: Distribution | null
  /** the same from the actual instead of the intended start; null when there is no such difference */
  readonly uncorrected: Distribution | null
  /** the same events second by second; null for repeats, which have no rate of their own */
  readonly stretches: readonly Stretch[] | null
  /** the length of what stands in a stretch as one second */
  readonly atomMs: number
  /** the seconds again, with another limit than the promised one; null when nothing has a time */
  readonly beyond: ((limitMs: number) => readonly Stretch[]) | null
  /** events that could not be counted, or the reason why there are none: one sentence; empty when nothing is to be said */
  readonly note: string
}

export const EMPTY: Sample = {
  events: 0,
  bad: { most: 0, least: 0 },
  times: null,
  uncorrected: null,
  stretches: null,
  atomMs: 1000,
  beyond: null,
  note: '',
}

/** Times that are known one by one; `undefined` is an event without a good answer. */
export function distributionOf(timesMs: readonly (number | undefined)[]): Distribution {
  const known = timesMs.filter((ms) => ms !== undefined).sort((a, b) => a - b)
  return {
    values: known.map((ms) => [ms, 1] as const),
    beyond: timesMs.length - known.length,
    longestMs: known.at(-1) ?? 0,
  }
}

/** The time at a rank, counted from 1; null when that event had no good answer. */
export function timeAt({ values }: Distribution, rank: number): number | null {
  let left = rank
  for (const [valueMs, count] of values) {
    left -= count
    if (left <= 0) return valueMs
  }
  return null
}
