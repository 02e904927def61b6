import { sum } from './batch-variance.ts'
import type { Point } from './theil-sen.ts'

/** What stands for a stretch of time: the mean of its points, or the least of them, as of memory after collections. */
export type Fold = 'mean' | 'least'

/** Equal stretches of time; those without a point are left out. */
export function cutInBuckets(ordered: readonly Point[], count: number): Point[][] {
  const firstMs = ordered[0]?.atMs ?? 0
  const lengthMs = (ordered.at(-1)?.atMs ?? 0) - firstMs
  const buckets: Point[][] = Array.from({ length: count }, () => [])
  for (const point of ordered) {
    const place = Math.floor((count * (point.atMs - firstMs)) / lengthMs)
    buckets[Math.min(place, count - 1)]?.push(point)
  }
  return buckets.filter(({ length }) => length > 0)
}

export function foldBucket(points: readonly Point[], fold: Fold): Point {
  if (fold === 'least') return points.reduce((least, point) => (point.value < least.value ? point : least))
  return {
    atMs: sum(points.map(({ atMs }) => atMs)) / points.length,
    value: sum(points.map(({ value }) => value)) / points.length,
  }
}
