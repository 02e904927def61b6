import { type CrashResult, crashOnce } from './crash.ts'
import type { Foreigners } from './foreigners.ts'
import { type CrashPoint, crashPoint } from './points.ts'

export interface CrashBatch {
  readonly seed: number
  readonly from: number
  readonly count: number
  /** so many at once */
  readonly atOnce: number
  readonly leaseMs: number
  readonly foreigners: Foreigners
}

export interface Crash extends CrashResult {
  readonly index: number
  readonly point: CrashPoint
}

/** So many crash points, some at once. A point that did not come about (the machine was too busy) is tried once more. */
export async function crashMany({
  seed,
  from,
  count,
  atOnce,
  leaseMs,
  foreigners,
}: CrashBatch): Promise<Crash[]> {
  const results: Crash[] = []
  let next = from
  const one = async (): Promise<void> => {
    while (next < from + count) {
      const index = next++
      const point = crashPoint(seed, index)
      const options = { leaseMs, foreign: foreigners.recycled }
      const first = await crashOnce(point, options)
      const result = first.happened ? first : await crashOnce(point, options)
      results.push({ index, point, ...result, left: [...new Set([...first.left, ...result.left])] })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return results
}

/**
 * What keeps a run from nothing: a guardian that holds something does not heed SIGTERM; and of a target that stands still
 * for a second nobody notices without load, as its probes and its control answer a little later.
 */
export const isUnheeded = ({ point: { who, how } }: Pick<Crash, 'point'>): boolean =>
  (who === 'guardian' && how === 'SIGTERM') || (who === 'target' && how === 'SIGSTOP')

/** What went wrong in it, in words. */
export function faultsOf(crash: Crash): string[] {
  // what a run says itself; of one that was killed, what its folder says to whoever finds it
  const saysMet = crash.exitCode === 0 || (crash.exitCode === null && crash.verdict === 'met')
  const isMet = saysMet && crash.happened && !isUnheeded(crash)
  return [...crash.left, ...(isMet ? ['its verdict is met'] : [])].map(
    (what) => `${crashInWords(crash)}: ${what}`,
  )
}

export function crashInWords({
  index,
  point: { fault, who, when, how },
}: Pick<Crash, 'index' | 'point'>): string {
  return `point ${index} (${fault}; ${who}, ${when}, ${how})`
}
