import type { PlannedObjective } from './plan.ts'

/**
 * From when on an iteration starts late for these objectives (JUDGING, rule 9): 10 ms, or 5 % of the smallest latency
 * objective. A late start adds to what its requests
 * and the iteration itself took, so their limits count, and no other: that of a metric may not even be a time.
 */
export function latenessLimitMs(objectives: readonly PlannedObjective[]): number {
  const limitsMs = objectives
    .flatMap((one) => [one, ...(one.members ?? [])])
    .flatMap(({ total, good, bad }) => [total, good, bad])
    .flatMap((one) =>
      one?.measure === 'request' || one?.measure === 'iteration' ? (one.withinMs ?? []) : [],
    )
  return limitsMs.length === 0 ? 10 : Math.max(10, 0.05 * Math.min(...limitsMs))
}
