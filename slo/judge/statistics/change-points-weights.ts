import type { WeightedPoint } from './change-points-energy.ts'

/** A result with the interval that its own run gave it; null: no such bound. */
export interface MeasuredPoint {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** Standard errors from the middle of a normal 95 % interval to its end. */
const ERRORS_TO_BOUND = 1.96
/** Standard deviations of normal noise below which half of all distances from the middle lie. */
const MEDIAN_DISTANCE = 0.6745

/** A series, and how far its points scatter by chance alone. */
export interface WeightedSeries {
  readonly points: readonly WeightedPoint[]
  /** of a point whose weight is 1, as the runs' own intervals have it; 0: they say nothing of it */
  readonly leastVariance: number
}

/**
 * Each result as heavy as it is sure: weight = 1 / (its own variance + the variance between runs), as in a random-effects
 * model (DerSimonian and Laird, "Meta-analysis in clinical trials", Controlled Clinical Trials 7, 1986). What lies
 * between runs is read from the distances of neighbours, which a step moves only once (von Neumann, Annals of
 * Mathematical Statistics 12, 1941), by their median. A result without an interval, or with one of no width, is taken
 * to be as sure as the middle one. Weights are 1 on average.
 */
export function weighted(points: readonly MeasuredPoint[]): WeightedSeries {
  const known = points.map(ownVariance).filter((variance) => variance !== null)
  const usual = known.length === 0 ? 0 : middle(known)
  const between = Math.max(0, varianceOfNeighbours(points) - usual)
  const variances = points.map((point) => ownVariance(point) ?? usual)
  const precisions = variances.map((variance) => 1 / (between + variance))
  const mean = meanOf(precisions)
  const weights = precisions.map((one) => (Number.isFinite(mean) ? one / mean : 1))
  return {
    points: points.map(({ value }, n) => ({ value, weight: weights[n]! })),
    leastVariance: points.length === 0 ? 0 : meanOf(variances.map((variance, n) => variance * weights[n]!)),
  }
}

function ownVariance({ value, low, high }: MeasuredPoint): number | null {
  const halves = [low === null ? [] : value - low, high === null ? [] : high - value].flat()
  const variance = (meanOf(halves) / ERRORS_TO_BOUND) ** 2
  return variance > 0 ? variance : null
}

function varianceOfNeighbours(points: readonly MeasuredPoint[]): number {
  const distances = points.slice(1).map(({ value }, n) => Math.abs(value - points[n]!.value))
  return distances.length === 0 ? 0 : (middle(distances) / MEDIAN_DISTANCE) ** 2 / 2
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** NaN of none */
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
