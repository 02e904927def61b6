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
  { side, rate }: Pick<SideLoad, 'side' | 'rate'>,
  schedule: BlockSchedule,
): number[] {
  const own = blocksOf(schedule).filter((block) => block.side === side)
  const dueMs = (onMs: number, block: number): number => {
    const within = Math.min(own.length - 1, Math.max(0, block))
    return own[within]!.index * schedule.blockMs + onMs - within * schedule.loadMs
  }
  const starts = startsMs.toSorted((a, b) => a - b)
  const differences = starts.map((startMs, n) => {
    const onMs = ((n + 1) * rate.seconds * 1000) / rate.rate
    // k6 adds up in doubles: a tick where two blocks meet comes at the end of the one or at the start of the other
    const blocks = [onMs / schedule.loadMs - ROUNDING, onMs / schedule.loadMs + ROUNDING].map(
      (at) => Math.ceil(at) - 1,
    )
    return nearest(blocks.map((block) => startMs - dueMs(onMs, block)))
  })
  const least = differences.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return differences.map((difference) => difference - least)
}

const ROUNDING = 1e-6

const nearest = (differences: readonly number[]): number =>
  differences.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best))
