import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import { ALPHA } from './bad-ratio.ts'
import { blockBootstrap } from './block-bootstrap.ts'
import { mulberry32 } from './mulberry32.ts'
import { type Line, type Point, theilSen } from './theil-sen.ts'

/** What stands for a stretch of time: the mean of its points, or the least of them, as of memory after collections. */
export type Fold = 'mean' | 'least'

export interface Trend {
  /** growth an hour, in units of the value */
  readonly perHour: number
  /** how far resampled slopes lie from the line's, an hour; ascending, already widened */
  readonly errorsPerHour: readonly number[]
  readonly buckets: number
}

export interface TrendOptions {
  readonly fold: Fold
  /** of the bootstrap */
  readonly seed: number
}

/**
 * Into how many the window is cut, and what the lag-1 autocorrelation of their residuals must lie below: 1/√24 + 0.05,
 * as in rule 4. Where they hang together a second look is taken at longer ones; it is stricter, or a random walk would
 * pass one of the two in 15 % of runs.
 */
const LOOKS = [
  { count: 24, together: 0.25 },
  { count: 16, together: 0.1 },
] as const
const FEWEST_BUCKETS = 16
const RESAMPLES = 400
const WIDENING_RISK = 0.05
const HOUR_MS = 3_600_000

/**
 * How fast a value grows, after the warm-up: Theil–Sen with a block bootstrap (JUDGING, rule 19). Null when too little
 * stands alone, or a number is none. The same seed gives the same bytes.
 *
 * The window is cut into 24 equal buckets, or 16, however many points it holds; each is a block of the bootstrap, and
 * enters by its mean or its least point. As in `batch-means.ts`: neighbouring buckets may not hang together; errors
 * are widened by what they may still hang together, and by how uncertain their variance is.
 *
 * **A sawtooth** (memory between collections) needs a dozen teeth in the window: with fewer, neighbours hang together.
 * For `least`, half of the buckets must hold a fall by half a tooth, so that what is called least came after a
 * collection. A window that ends before the first large collection cannot be told from a leak by anyone, when it has
 * seen small ones: measure for longer, or only after full collections.
 */
export function trend(points: readonly Point[], options: TrendOptions): Trend | null {
  if (!points.every(({ atMs, value }) => Number.isFinite(atMs) && Number.isFinite(value))) return null
  const ordered = points.toSorted((a, b) => a.atMs - b.atMs)
  for (const { count, together } of LOOKS) {
    const found = trendOf(cut(ordered, count), together, options)
    if (found !== null) return found
  }
  return null
}

function trendOf(
  buckets: readonly (readonly Point[])[],
  together: number,
  { fold, seed }: TrendOptions,
): Trend | null {
  const folded = buckets.map(fold === 'mean' ? meanOf : leastOf)
  const line = folded.length < FEWEST_BUCKETS ? null : theilSen(folded)
  if (line === null || (fold === 'least' && !hasCollections(buckets))) return null
  const residuals = centred(residualsOf(folded, line))
  const wider = widening(residuals, together)
  if (wider === null) return null
  const errors = blockBootstrap({
    blocks: residuals,
    statistic: (drawn) => theilSen(folded.map(({ atMs }, n) => ({ atMs, value: drawn[n]! })))?.slope ?? 0,
    resamples: RESAMPLES,
    random: mulberry32(seed),
  })
  return {
    perHour: line.slope * HOUR_MS,
    errorsPerHour: Array.from(errors, (error) => error * wider * HOUR_MS),
    buckets: folded.length,
  }
}

/** Growth an hour that is not ruled out, each side with risk α. */
export function trendInterval({ perHour, errorsPerHour }: Trend, alpha = ALPHA) {
  const rank = Math.floor(alpha * errorsPerHour.length)
  return { low: perHour - errorsPerHour.at(-1 - rank)!, high: perHour - errorsPerHour.at(rank)! }
}

/** In equal stretches of time; those without a point are left out. */
function cut(ordered: readonly Point[], count: number): Point[][] {
  const first = ordered[0]?.atMs ?? 0
  const lengthMs = (ordered.at(-1)?.atMs ?? 0) - first
  const buckets: Point[][] = Array.from({ length: count }, () => [])
  for (const point of ordered) {
    const place = Math.floor((count * (point.atMs - first)) / lengthMs)
    buckets[Math.min(place, count - 1)]?.push(point)
  }
  return buckets.filter(({ length }) => length > 0)
}

const meanOf = (points: readonly Point[]): Point => ({
  atMs: sum(points.map(({ atMs }) => atMs)) / points.length,
  value: sum(points.map(({ value }) => value)) / points.length,
})

const leastOf = (points: readonly Point[]): Point =>
  points.reduce((least, point) => (point.value < least.value ? point : least))

const residualsOf = (points: readonly Point[], { slope, start }: Line): number[] =>
  points.map(({ atMs, value }) => value - start - slope * atMs)

function centred(values: readonly number[]): number[] {
  const mean = sum(values) / values.length
  return values.map((value) => value - mean)
}

/** Whether half of the buckets hold a fall by half of the height of the teeth: of the middle 90 % around their line. */
function hasCollections(buckets: readonly (readonly Point[])[]): boolean {
  const line = theilSen(buckets.map(meanOf))
  if (line === null) return false
  const places = buckets.map((bucket) => residualsOf(bucket, line))
  const all = places.flat().sort((a, b) => a - b)
  const teeth = all[Math.floor(0.95 * (all.length - 1))]! - all[Math.ceil(0.05 * (all.length - 1))]!
  const fallen = places.filter((bucket, n) => {
    const before = n === 0 ? bucket : [places[n - 1]!.at(-1)!, ...bucket]
    return before.some((value, at) => at > 0 && before[at - 1]! - value >= teeth / 2)
  })
  return teeth > 0 && fallen.length >= buckets.length / 2
}

/** By how much errors of buckets that stand alone are too small for these; null when these hang together. */
function widening(residuals: readonly number[], together: number): number | null {
  const buckets = residuals.length
  const squares = sum(residuals.map((one) => one ** 2))
  if (squares === 0) return 1
  const neighbours = sum(residuals.slice(1).map((one, n) => one * residuals[n]!)) / squares
  if (neighbours >= together) return null
  const still = Math.max(0, neighbours + 2 / buckets)
  const uncertain = buckets / chiSquareQuantile(WIDENING_RISK, buckets - 2)
  return Math.sqrt(((1 + still) / (1 - still)) * uncertain)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
