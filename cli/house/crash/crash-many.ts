import { type CrashResult, crashOnce } from './crash.ts'
import type { Foreigners } from './foreigners.ts'
import { type CrashPoint, crashPoint } from './points.ts'

export interface CrashBatch {
  readonly seed: number
  readonly from: number
  readonly count: number
  /** so many begin at the same time, when all of them are started */
  readonly atOnce: number
  readonly leaseMs: number
  readonly foreigners: Foreigners
}

export interface Crash extends CrashResult {
  readonly index: number
  readonly point: CrashPoint
}

/** So many crash points, wave after wave. A point that did not come about (the machine was too busy) is tried once more. */
export async function crashMany({
  seed,
  from,
  count,
  atOnce,
  leaseMs,
  foreigners,
}: CrashBatch): Promise<Crash[]> {
  const results: Crash[] = []
  const alone = { leaseMs, foreign: foreigners.recycled, begin: async () => {} }
  const one = async (index: number, begin: () => Promise<void>): Promise<void> => {
    const point = crashPoint(seed, index)
    const first = await crashOnce(point, { ...alone, begin })
    const result = first.happened ? first : await crashOnce(point, alone)
    results.push({ index, point, ...result, left: [...new Set([...first.left, ...result.left])] })
  }
  for (let at = from; at < from + count; at += atOnce) {
    const wave = Array.from({ length: Math.min(atOnce, from + count - at) }, (_, n) => at + n)
    const begin = startingLine(wave.length)
    await Promise.all(wave.map((index) => one(index, begin)))
  }
  return results
}

/** What each awaits until all of them do. */
function startingLine(count: number): () => Promise<void> {
  const all = Promise.withResolvers<void>()
  let missing = count
  return () => {
    if (--missing === 0) all.resolve()
    return all.promise
  }
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
