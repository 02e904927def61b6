import { lateFromMs } from './evidence.ts'
import type { PlannedObjective } from './plan.ts'

/**
 * From when on an iteration starts late for these objectives (JUDGING, rule 9). A late start adds to what its requests
 * and the iteration itself took, so their limits count, and no other: that of a metric may not even be a time.
 */
export const latenessLimitMs = (objectives: readonly PlannedObjective[]): number =>
  lateFromMs(
    objectives
      .flatMap((one) => [one, ...(one.members ?? [])])
      .flatMap(({ total, good, bad }) => [total, good, bad])
      .flatMap((one) =>
        one?.measure === 'request' || one?.measure === 'iteration' ? (one.withinMs ?? []) : [],
      ),
  )
