import type {
  HistoryChange,
  HistoryEntry,
  HistoryObjective,
  HistoryPoint,
  HistorySeries,
} from '../../../reports/run/index.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { changePoints } from '../../../slo/judge/statistics/change-points.ts'
import { type MeasuredPoint, weighted } from '../../../slo/judge/statistics/change-points-weights.ts'

/** The series of a history: an objective of a plan on a target, as long as the same is measured of it. */
export function historySeries(entries: readonly HistoryEntry[]): HistorySeries[] {
  const series = new Map<
    string,
    { readonly head: Omit<HistorySeries, 'points' | 'changes'>; points: HistoryPoint[] }
  >()
  for (const entry of entries)
    for (const objective of entry.objectives) {
      const point = pointOf(entry, objective)
      if (point === undefined) continue
      const { name, unit, suffix, promised } = objective
      const head = { plan: entry.plan, target: entry.target.name, objective: name, promised }
      const key = JSON.stringify([head.plan, head.target, name, unit, suffix, whatOf(objective)])
      const known = series.get(key)
      // the promise is told as it is now
      series.set(key, { head, points: [...(known?.points ?? []), point] })
    }
  return [...series.values()].map(({ head, points }) => ({ ...head, points, changes: changesOf(points) }))
}

/** `p95` of `p95 < 300 ms`, `of minutes with p95 < 1 s` of `99 % of minutes …`: what is measured, whatever its own limit. */
function whatOf({ unit, promised }: HistoryObjective): string {
  if (unit === 'ratio') return promised.replace(/^(≥ )?[\d.]+ %/, '')
  const isComposite = promised.startsWith('one budget for ')
  return isComposite ? promised : promised.replace(/ [<>≤≥] .*/, '')
}

/** Nothing for what was not measured, or on spoilt evidence. */
function pointOf(entry: HistoryEntry, objective: HistoryObjective): HistoryPoint | undefined {
  const { value, tainted } = objective
  if (value === null || tainted || entry.verdict === 'invalid') return undefined
  const { run, atUs, target } = entry
  return { ...objective, value, run, atUs, version: target.version }
}

function changesOf(points: readonly HistoryPoint[]): HistoryChange[] {
  const series = weighted(points.map(withChance))
  return changePoints(series.points, series).map(({ index, before, after }) => {
    const { run, version, better } = points[index]!
    return {
      ...{ index, run, version, before, after },
      relative: before === 0 ? null : (after - before) / Math.abs(before),
      isWorse: after > before === (better === 'lower'),
    }
  })
}

/** A count is certain of its own run alone: what it says of the next one is what a sample of so many would say. */
function withChance(point: HistoryPoint): MeasuredPoint {
  const { unit, value: bad, events } = point
  if (unit !== 'count') return point
  const counts = { events, bad }
  return { value: bad, low: lowerBound(counts) * events, high: upperBound(counts) * events }
}
