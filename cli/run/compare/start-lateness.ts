import type { BlockSchedule } from '../../../reports/run/index.ts'
import type { SideLoad } from './blocked-options.ts'
import { blocksOf } from './schedule.ts'

/**
 * How late each iteration of a scenario started, in ms. k6 gives the n-th tick (from 1) to the n-th start or drop; the
 * n-th tick comes once the load of this side has been on for n / rate. Nothing starts before its tick, so the least
 * of all differences is no lateness but the distance of our zero from k6's.
 */
export function startLateness(
  startsMs: readonly number[],
  { side, rate }: SideLoad,
  schedule: BlockSchedule,
): number[] {
  const own = blocksOf(schedule).filter((block) => block.side === side)
  const starts = startsMs.toSorted((a, b) => a - b)
  const differences = starts.map((startMs, n) => {
    const onMs = ((n + 1) * rate.seconds * 1000) / rate.rate
    // a tick at the very end of a block belongs to it
    const block = Math.min(own.length, Math.max(1, Math.ceil(onMs / schedule.loadMs - 1e-9))) - 1
    return startMs - (own[block]!.index * schedule.blockMs + onMs - block * schedule.loadMs)
  })
  const least = differences.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return differences.map((difference) => difference - least)
}
