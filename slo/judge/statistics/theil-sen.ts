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
  const slopes = points.flatMap(({ atMs, value }, n) =>
    points
      .slice(n + 1)
      .filter((later) => later.atMs !== atMs)
      .map((later) => (later.value - value) / (later.atMs - atMs)),
  )
  if (slopes.length === 0) return null
  const slope = median(slopes)
  return { slope, start: median(points.map(({ atMs, value }) => value - slope * atMs)) }
}

function median(values: readonly number[]): number {
  const ordered = Float64Array.from(values).sort()
  const middle = ordered.length >> 1
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2
}
