import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { largestSplit, type WeightedPoint } from './change-points-energy.ts'

/** From this point on the series is another one. */
export interface ChangePoint {
  /** of the first point after the change */
  readonly index: number
  /** weighted means of what lies between the neighbouring change points */
  readonly before: number
  readonly after: number
  /** |t| ÷ the least that is significant; above 1 */
  readonly strength: number
}

export interface ChangePointOptions {
  /** the risk that a point is called a change though none was */
  readonly maxP?: number
  /** points that are looked at together, so that a far past does not decide about the last weeks */
  readonly window?: number
  /** of a point whose weight is 1: runs that happen to agree are not surer than their own intervals say */
  readonly leastVariance?: number
}

const MAX_P = 0.001
const WINDOW = 50
/** Candidates are taken at a laxer level: what one of two near changes hides, the other one's removal brings out. */
const CANDIDATES_LAXER_BY = 10

/**
 * Where a series changes. E-divisive (Matteson and James, "A nonparametric approach for multiple change point analysis",
 * J. American Statistical Association 109, 2014) cuts where the energy distance of both sides is greatest; a t-test
 * takes the place of its permutation test, so that the answer is the same each time, in windows and with a second pass
 * that drops what does not hold (Fleming and others, "Hunter: using change point detection to hunt for performance
 * regressions", ICPE 2023; Apache Otava).
 */
export function changePoints(
  points: readonly WeightedPoint[],
  { maxP = MAX_P, window = WINDOW, leastVariance = 0 }: ChangePointOptions = {},
): ChangePoint[] {
  const laxer = { maxP: maxP * CANDIDATES_LAXER_BY, window, leastVariance }
  return held(points, candidates(points, laxer), { maxP, leastVariance })
}

function candidates(
  points: readonly WeightedPoint[],
  { window, ...risk }: Required<ChangePointOptions>,
): number[] {
  const found = new Set<number>()
  for (let start = 0; start < points.length; ) {
    const within = cuts(points.slice(start, start + window), risk).map((cut) => cut + start)
    for (const cut of within) found.add(cut)
    start = Math.max(start + Math.floor(window / 2), within.at(-1) ?? 0)
  }
  return [...found].sort((a, b) => a - b)
}

type Risk = Required<Pick<ChangePointOptions, 'maxP' | 'leastVariance'>>

/** Cuts a window at the most different place, again and again, until the best cut is not significant. */
function cuts(points: readonly WeightedPoint[], risk: Risk): number[] {
  const found: number[] = []
  for (;;) {
    const best = largestSplit(points, found)
    if (best === null) return found
    const after = found.find((one) => one > best) ?? points.length
    const before = found.findLast((one) => one < best) ?? 0
    if (strengthOf(points.slice(before, best), points.slice(best, after), risk) < 1) return found
    found.push(best)
    found.sort((a, b) => a - b)
  }
}

/** Drops the weakest candidate until all are significant between their neighbours. */
function held(points: readonly WeightedPoint[], candidates: readonly number[], risk: Risk): ChangePoint[] {
  const changes = candidates.map((index, n) => {
    const left = points.slice(candidates[n - 1] ?? 0, index)
    const right = points.slice(index, candidates[n + 1] ?? points.length)
    const [before, after] = [meanOf(left), meanOf(right)]
    return { index, before, after, strength: strengthOf(left, right, risk) }
  })
  const weakest = changes.toSorted((a, b) => a.strength - b.strength)[0]
  if (weakest === undefined || weakest.strength > 1) return changes
  return held(
    points,
    candidates.filter((index) => index !== weakest.index),
    risk,
  )
}

/**
 * Student's t of a step fitted by weighted least squares, where a point's variance is σ²/weight (Draper and Smith,
 * "Applied Regression Analysis", 9.2), ÷ its two-sided critical value. With equal weights it is the plain t-test.
 */
function strengthOf(
  left: readonly WeightedPoint[],
  right: readonly WeightedPoint[],
  { maxP, leastVariance }: Risk,
): number {
  const freedom = left.length + right.length - 2
  const difference = Math.abs(meanOf(left) - meanOf(right))
  if (freedom <= 0 || difference === 0) return 0
  const variance = Math.max(leastVariance, (squaresOf(left) + squaresOf(right)) / freedom)
  const t = difference / Math.sqrt(variance * (1 / weightOf(left) + 1 / weightOf(right)))
  return t / tQuantile(1 - maxP / 2, freedom)
}

const weightOf = (points: readonly WeightedPoint[]): number => sum(points.map(({ weight }) => weight))

const meanOf = (points: readonly WeightedPoint[]): number =>
  sum(points.map(({ value, weight }) => value * weight)) / weightOf(points)

function squaresOf(points: readonly WeightedPoint[]): number {
  const mean = meanOf(points)
  return sum(points.map(({ value, weight }) => weight * (value - mean) ** 2))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
