import type { ObjectiveVerdict } from '../run/verdict.ts'
import { measuredInOne } from '../run/words.ts'

/** Where the target stands in every bar: left of it is kept, right of it is broken. */
const TARGET_PERCENT = 60
const EDGE_PERCENT = 97

/** How much of what is allowed is used: 1 is the target itself. A census has no scale: broken is broken. */
export function usedOfTarget({ unit, limit }: ObjectiveVerdict, figure: number): number {
  switch (unit) {
    case 'ms':
      return figure / limit
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

export function IntervalBar({ objective }: { objective: ObjectiveVerdict }) {
  const { value, low, high, promised, verdict } = objective
  if (value === null) return <div class="bar no-data" role="img" aria-label="no data" />
  const isCounted = objective.unit === 'count' || low === null || high === null
  const ends = isCounted ? null : [low, high].map((end) => percentOf(objective, end))
  const [from = 0, to = 0] = ends?.sort((a, b) => a - b) ?? []
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
        <span class="disc" style={{ left: `${Math.max(1, at)}%` }} />
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
