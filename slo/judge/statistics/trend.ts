import { ALPHA } from './bad-ratio.ts'
import { lagOne, sum, varianceWidening } from './batch-variance.ts'
import { blockBootstrap } from './block-bootstrap.ts'
import { mulberry32 } from './mulberry32.ts'
import { hasTeeth } from './sawtooth.ts'
import { medianSlope, type Point, residualsOf, roundingOf, theilSen } from './theil-sen.ts'
import { cutInBuckets, type Fold, foldBucket } from './time-buckets.ts'

export interface Trend {
  /** growth an hour, in units of the value */
  readonly perHour: number
  /** how far resampled slopes lie from the true one, an hour; ascending, already widened */
  readonly errorsPerHour: readonly number[]
  /** growth an hour that values counted in whole units may hide: one unit in the whole window */
  readonly hiddenPerHour: number
  readonly buckets: number
}

export interface TrendOptions {
  readonly fold: Fold
  /** of the bootstrap */
  readonly seed: number
}

/**
 * Into how many buckets the window is cut, and below what the lag-1 autocorrelation of their residuals must lie:
 * 1/√24 + 0.05, as in rule 4. Where they hang together a second look is taken at longer ones. It is stricter, or a
 * random walk would pass one of the two in 15 % of runs.
 */
const LOOKS = [
  { count: 24, together: 0.25 },
  { count: 16, together: 0.1 },
] as const
const FEWEST_BUCKETS = 16
const RESAMPLES = 2_000
const HOUR_MS = 3_600_000

/**
 * How fast a value grows, after the warm-up: Theil–Sen with a block bootstrap (JUDGING, rule 19). Null when too little
 * stands alone, or a number is none. The same seed gives the same bytes.
 *
 * The window is cut into 24 equal buckets, or 16, however many points it holds; each is a block of the bootstrap, and
 * enters by its mean or its least point. Errors are widened as those of batch means are.
 *
 * **A sawtooth** (memory between collections) needs four teeth in the window for its mean and nine for its least, or
 * is refused. A window that ends before the first large collection cannot be told from a leak by anyone when it has
 * seen small ones: measure for longer, or only after full collections.
 *
 * Wrong sides (lower, upper) and refusals, in % of runs; 240 points, true growth 0 (2,000 runs; sawteeth 300):
 *
 * | noise                                 | mean          | least         |
 * | ------------------------------------- | ------------- | ------------- |
 * | AR(1), φ 0                            | 1.1, 0.9 (3)  | 1.1, 1.3 (3)  |
 * | φ 0.5                                 | 1.3, 1.1 (6)  | 1.1, 0.7 (27) |
 * | φ 0.9                                 | 2.2, 2.3 (60) | (100)         |
 * | φ 0.97                                | 1.4, 1.8 (91) | (100)         |
 * | φ 0.99                                | 1.3, 1.1 (96) | (100)         |
 * | random walk                           | 1.2, 1.1 (97) | (100)         |
 * | sawtooth of period 4, window mid-rise | 0.3, 0.3 (0)  | 2.0, 2.3 (2)  |
 * | period 9–27, even or jittered         | 0 (0)         | ≤ 1.7 (≤ 9)   |
 * | period 60                             | 0 (≤ 16)      | (100)         |
 * | period 100                            | 0 (≥ 91)      | (100)         |
 *
 * Turned down: moving blocks of three buckets (sawteeth wrong in 10–35 % of runs: blocks catch the beat of teeth and
 * buckets), the bootstrap's own errors (5–7 % at φ 0: residuals of 24 buckets are too small).
 */
export function trend(points: readonly Point[], options: TrendOptions): Trend | null {
  if (!points.every(({ atMs, value }) => Number.isFinite(atMs) && Number.isFinite(value))) return null
  const ordered = points.toSorted((a, b) => a.atMs - b.atMs)
  // Times since the epoch leave too few digits to products with them.
  const fromFirst = ordered.map(({ atMs, value }) => ({ atMs: atMs - ordered[0]!.atMs, value }))
  for (const { count, together } of LOOKS) {
    const found = look(cutInBuckets(fromFirst, count), together, options)
    if (found !== null) return found
  }
  return null
}

/** Growth an hour that is not ruled out, each side with risk α. */
export function trendInterval(found: Trend, alpha = ALPHA): { readonly low: number; readonly high: number } {
  const { perHour, errorsPerHour, hiddenPerHour } = found
  const rank = Math.floor(alpha * errorsPerHour.length)
  return {
    low: perHour - errorsPerHour.at(-1 - rank)! - hiddenPerHour,
    high: perHour - errorsPerHour.at(rank)! + hiddenPerHour,
  }
}

function look(
  buckets: readonly (readonly Point[])[],
  together: number,
  { fold, seed }: TrendOptions,
): Trend | null {
  const folded = buckets.map((bucket) => foldBucket(bucket, fold))
  const line = folded.length < FEWEST_BUCKETS ? null : theilSen(folded)
  if (line === null || (fold === 'least' && !hasTeeth(buckets, line))) return null
  const residuals = centred(residualsOf(folded, line))
  const wider = widening(residuals, folded, together)
  if (wider === null) return null
  const errors = blockBootstrap({
    blocks: residuals,
    statistic: (drawn) => medianSlope(folded.map(({ atMs }, n) => ({ atMs, value: drawn[n]! }))) ?? 0,
    resamples: RESAMPLES,
    random: mulberry32(seed),
  })
  const all = buckets.flat()
  const isCounted = all.every(({ value }) => Number.isInteger(value))
  return {
    perHour: line.slope * HOUR_MS,
    errorsPerHour: Array.from(errors, (error) => error * wider * HOUR_MS),
    hiddenPerHour: isCounted ? HOUR_MS / all.at(-1)!.atMs : 0,
    buckets: folded.length,
  }
}

/** By how much errors of buckets that stand alone are too small for these; null when these hang together. */
function widening(residuals: readonly number[], points: readonly Point[], together: number): number | null {
  const batches = residuals.length
  // On a line: what is left hangs together by accident.
  if (Math.max(...residuals.map(Math.abs)) <= roundingOf(points)) return 1
  const found = lagOne([residuals])
  if (found >= together) return null
  const shrunk = batches / (batches - 2)
  return Math.sqrt(shrunk * varianceWidening({ lagOne: found, batches, freedom: batches - 2 }))
}

function centred(values: readonly number[]): number[] {
  const mean = sum(values) / values.length
  return values.map((value) => value - mean)
}
