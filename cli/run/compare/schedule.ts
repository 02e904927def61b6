import type { BlockSchedule, SideName } from '../../../reports/run/index.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'

/** Fewer pairs are not compared (JUDGING, rule 10). */
export const FEWEST_PAIRS = 30
/** Both sides work for this long, in turns, before anything counts: connections are made, hot code is compiled. */
const WARM_UP_MS = 4_000
/** At the end of each block nothing is sent, so that what is in flight is done before the other side's turn. */
const REST = { share: 0.15, leastMs: 40 } as const
/** The place in the rest at which a block ends: most of it is for what is in flight, some for a reading that is late. */
const BOUND_IN_REST = 0.6

export interface PlannedBlock {
  readonly index: number
  readonly side: SideName
  /** null: a warm-up */
  readonly pair: number | null
}

/** A seeded side begins; then the order of each pair is turned over, A B B A, so that a drift falls on both alike. */
export function drawSchedule({
  seed,
  pairs,
  blockMs,
}: Pick<BlockSchedule, 'seed' | 'pairs' | 'blockMs'>): BlockSchedule {
  const first = mulberry32(seed)() < 0.5 ? 'base' : 'head'
  const loadMs = blockMs - Math.round(Math.max(REST.leastMs, blockMs * REST.share))
  return { seed, first, pairs, warmUpPairs: Math.ceil(WARM_UP_MS / (2 * blockMs)), blockMs, loadMs }
}

export function blocksOf({ first, pairs, warmUpPairs }: BlockSchedule): PlannedBlock[] {
  const second: SideName = first === 'base' ? 'head' : 'base'
  return Array.from({ length: pairs + warmUpPairs }, (_, n) => {
    const order = n % 2 === 0 ? [first, second] : [second, first]
    return order.map((side, m) => ({
      index: 2 * n + m,
      side,
      pair: n < warmUpPairs ? null : n - warmUpPairs,
    }))
  }).flat()
}

export const lengthMs = ({ pairs, warmUpPairs, blockMs }: BlockSchedule): number =>
  2 * (pairs + warmUpPairs) * blockMs

/** When block `index` ends and the next one begins, in ms from the start of the first. */
export const boundMs = ({ blockMs, loadMs }: BlockSchedule, index: number): number =>
  (index + 1) * blockMs - (1 - BOUND_IN_REST) * (blockMs - loadMs)

/** The block that a moment belongs to; below 0 before the first. */
export const blockAt = (schedule: BlockSchedule, atMs: number): number =>
  Math.floor((atMs - boundMs(schedule, -1)) / schedule.blockMs)
