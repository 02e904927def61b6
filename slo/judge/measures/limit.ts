import type { Limit, PlannedObjective } from '../../../reports/run/index.ts'

interface Interval {
  readonly low: number
  readonly high: number
}

const shouldBeLower = ({ op }: Limit): boolean => op === 'lte' || op === 'lt'

/** An interval has no last point: `<` and `≤` come to the same. */
export const isKept = (limit: Limit, { low, high }: Interval): boolean =>
  shouldBeLower(limit) ? high <= limit.value + rounding(limit) : low >= limit.value - rounding(limit)

export const isBroken = (limit: Limit, { low, high }: Interval): boolean =>
  shouldBeLower(limit) ? low > limit.value + rounding(limit) : high < limit.value - rounding(limit)

/** Sums of binary fractions miss a limit that all of them lie on. */
const rounding = ({ value }: Limit): number => 1e-9 * Math.abs(value)

/** Times are in ms, ratios of good in percent, all else in the unit that the objective names. */
export function scaleOf({ total, slices, unit = '' }: PlannedObjective, limit: Limit) {
  const better = shouldBeLower(limit) ? ('lower' as const) : ('higher' as const)
  if (slices !== undefined) return { better, unit: 'ratio', suffix: '' } as const
  const isTime = unit === '' && (total.measure === 'request' || total.measure === 'iteration')
  return isTime
    ? ({ better, unit: 'ms', suffix: '' } as const)
    : ({ better, unit: 'value', suffix: unit } as const)
}
