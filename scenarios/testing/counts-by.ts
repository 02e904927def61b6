import type { LoadSecond, LoadSeries } from '../../reports/run/index.ts'

/** How many events there are, by what a series is called. */
export function countsBy(
  load: Iterable<LoadSecond>,
  keyOf: (series: LoadSeries, second: number) => string,
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { second, series } of load)
    for (const one of series) {
      const key = keyOf(one, second)
      counts[key] = (counts[key] ?? 0) + one.count
    }
  return counts
}
