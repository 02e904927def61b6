import { type Line, type Point, residualsOf, roundingOf } from './theil-sen.ts'

/**
 * Whether half of the buckets hold a fall by half the height of a tooth: of the middle 90 % of the points around the
 * line. Then what is least in a bucket came after a collection, and a steady rise that fell nowhere is not taken for
 * memory that was collected.
 */
export function hasTeeth(buckets: readonly (readonly Point[])[], line: Line): boolean {
  const places = buckets.map((bucket) => residualsOf(bucket, line))
  const all = Float64Array.from(places.flat()).sort()
  const at = (share: number): number => all[Math.round(share * (all.length - 1))]!
  const tooth = at(0.95) - at(0.05)
  const fallen = places.filter((bucket, n) => {
    const seen = n === 0 ? bucket : [places[n - 1]!.at(-1)!, ...bucket]
    return seen.some((place, k) => k > 0 && seen[k - 1]! - place >= tooth / 2)
  })
  return tooth > roundingOf(buckets.flat()) && fallen.length >= buckets.length / 2
}
