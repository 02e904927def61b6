import type { ObjectiveVerdict } from '../run/verdict.ts'
import { measuredInOne } from '../run/words/words.ts'

/** Where the target stands in every bar: left of it is kept, right of it is broken. */
const TARGET_PERCENT = 60
/** What lies further out stands here, and leaves room for the mark that says so. */
const EDGE_PERCENT = 92

/** How much of what is allowed is used: 1 is the target itself. A census has no scale: broken is broken. */
export function usedOfTarget({ unit, limit, better }: ObjectiveVerdict, figure: number): number {
  switch (unit) {
    case 'ms':
      return figure / limit
    case 'value':
      return better === 'lower' ? figure / limit : limit / figure
    case 'ratio':
      return (1 - figure) / (1 - limit)
    case 'count':
      return figure <= limit ? 0 : 1.5
    default:
      return unit satisfies never
  }
}

function percentOf(objective: ObjectiveVerdict, figure: number): number {
  return Math.min(EDGE_PERCENT, Math.max(0, usedOfTarget(objective, figure) * TARGET_PERCENT))
}

/** Left and right end of the interval, in percent; null where there is none: a count, or a figure alone. */
function endsOf(objective: ObjectiveVerdict): readonly number[] | null {
  const { unit, low, high } = objective
  if (unit === 'count' || (low === null && high === null)) return null
  // An end that no evidence gives lies as far out as the unit goes.
  const figures = [low ?? 0, high ?? (unit === 'ratio' ? 1 : Number.POSITIVE_INFINITY)]
  return figures.map((figure) => percentOf(objective, figure)).sort((a, b) => a - b)
}

export function IntervalBar({ objective }: { objective: ObjectiveVerdict }) {
  const { value, promised, verdict } = objective
  if (value === null) return <div class="bar no-data" role="img" aria-label="no data" />
  const ends = endsOf(objective)
  const [from = 0, to = 0] = ends ?? []
  const at = percentOf(objective, value)
  const isBeyond = Math.max(at, to) >= EDGE_PERCENT
  return (
    <div
      class={`bar is-${verdict}`}
      role="img"
      aria-label={`${measuredInOne(objective)}, promised ${promised}`}
      data-at-percent={at}
    >
      <span class="kept" />
      <span class="target" />
      {ends === null ? (
        <span class="disc" style={{ left: `max(5px, ${at}%)` }} />
      ) : (
        <>
          <span class="interval" style={{ left: `${from}%`, width: `${to - from}%` }} />
          <span class="point" style={{ left: `${at}%` }} />
        </>
      )}
      {isBeyond && <span class="beyond">›</span>}
    </div>
  )
}

export function BarHead() {
  return (
    <div class="bar-head">
      <span>kept</span>
      <span>broken</span>
    </div>
  )
}
