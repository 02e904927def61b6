/** A value at a moment. */
export interface Point {
  readonly atMs: number
  readonly value: number
}

/** value ≈ start + slope · atMs */
export interface Line {
  /** units of the value per millisecond */
  readonly slope: number
  readonly start: number
}

/**
 * The median slope of all pairs, and the median of what it leaves: up to 29 % of the points may be wild. Theil (1950);
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", J. American Statistical Association 63 (1968).
 * Takes n²/2 steps and as much memory: for a few hundred points. Null when all lie at one moment.
 */
export function theilSen(points: readonly Point[]): Line | null {
  const slope = medianSlope(points)
  return slope === null
    ? null
    : { slope, start: median(points.map(({ atMs, value }) => value - slope * atMs)) }
}

export function medianSlope(points: readonly Point[]): number | null {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2)
  let found = 0
  for (const [n, { atMs, value }] of points.entries())
    for (let k = n + 1; k < points.length; k += 1) {
      const later = points[k]!
      if (later.atMs !== atMs) slopes[found++] = (later.value - value) / (later.atMs - atMs)
    }
  return found === 0 ? null : median(slopes.subarray(0, found))
}

/** How far the points lie above the line. */
export const residualsOf = (points: readonly Point[], { slope, start }: Line): number[] =>
  points.map(({ atMs, value }) => value - start - slope * atMs)

/** How far points on a line may lie from it for no other reason than that numbers are rounded. */
export const roundingOf = (points: readonly Point[]): number =>
  1e-12 * points.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0)

function median(values: ArrayLike<number>): number {
  const ordered = Float64Array.from(values).sort()
  const middle = ordered.length >> 1
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2
}
