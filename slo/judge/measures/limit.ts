import type { Limit, PlannedObjective } from '../../../reports/run/index.ts'

interface Interval {
  readonly low: number
  readonly high: number
}

const shouldBeLower = ({ op }: Limit): boolean => op === 'lte' || op === 'lt'

/** An interval has no last point: `<` and `≤` come to the same. */
export const isKept = (limit: Limit, { low, high }: Interval): boolean =>
  shouldBeLower(limit) ? high <= limit.value : low >= limit.value

export const isBroken = (limit: Limit, { low, high }: Interval): boolean =>
  shouldBeLower(limit) ? low > limit.value : high < limit.value

/** Times are in ms, ratios of good in percent, all else in the unit that the objective names. */
export function scaleOf({ total, slices, unit = '' }: PlannedObjective, limit: Limit) {
  const better = shouldBeLower(limit) ? ('lower' as const) : ('higher' as const)
  if (slices !== undefined) return { better, unit: 'ratio', suffix: '' } as const
  const isTime = unit === '' && (total.measure === 'request' || total.measure === 'iteration')
  return isTime
    ? ({ better, unit: 'ms', suffix: '' } as const)
    : ({ better, unit: 'value', suffix: unit } as const)
}
