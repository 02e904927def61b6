import type { Measure, PlannedObjective } from './plan.ts'

/**
 * From when on an iteration starts late for these objectives (JUDGING, rule 9): 10 ms, or 5 % of the smallest latency
 * objective. A late start adds to what its requests and the iteration itself took, so their limits count, and the
 * limit of their mean; no other: that of a metric may not even be a time.
 */
export function latenessLimitMs(objectives: readonly PlannedObjective[]): number {
  const limitsMs = objectives.flatMap((one) => [...meanLimitMs(one), ...withinMs(one)])
  return limitsMs.length === 0 ? 10 : Math.max(10, 0.05 * Math.min(...limitsMs))
}

function withinMs({ total, good, bad, members = [] }: PlannedObjective): number[] {
  const parts = [{ total, good, bad }, ...members].flatMap(({ total, good, bad }) => [total, good, bad])
  return parts.flatMap((one) => (one !== undefined && startsLate(one) ? (one.withinMs ?? []) : []))
}

const meanLimitMs = ({ statistic, limit, total }: PlannedObjective): number[] =>
  statistic === 'mean' && limit !== undefined && startsLate(total) ? [limit.value] : []

const startsLate = ({ measure }: Measure): boolean => measure === 'request' || measure === 'iteration'
