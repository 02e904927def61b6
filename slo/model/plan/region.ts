import { type Limit, LOAD_OUTCOMES, type Measure, type PlannedObjective } from '../../../reports/run/index.ts'

/**
 * Where at least `ratio` of the events must lie: their outcome is one of these, and their value in this range. A mean
 * or a trend is one value, which lies there for certain.
 */
export interface Region {
  readonly ratio: number
  /** only regions of the same are comparable: whether an id is done says nothing of whether it was done twice */
  readonly of: string
  readonly outcomes: readonly string[]
  readonly range: Range
}

interface Range {
  readonly from: number
  readonly to: number
  /** whether its one end belongs to it */
  readonly isClosed: boolean
}

/** Undefined: none that could be compared. */
export function regionOf(objective: PlannedObjective): Region | undefined {
  const { evidence, members, limit, statistic = 'share', good, bad, targetRatio, total } = objective
  if (evidence === 'census' || members !== undefined) return undefined
  const all = { of: '', outcomes: ['ok'], range: EVERYTHING }
  if (statistic !== 'share') return limit && { ...all, ratio: 1, range: rangeOf(limit) }
  const part = good ?? bad
  if (part === undefined) return undefined
  const isOwnPart = part.measure === 'fact' || (part.measure === 'query' && part.name !== total.name)
  const of = isOwnPart ? [good === undefined, part.outcome, part.name].join(' ') : ''
  if (good !== undefined)
    return { ratio: targetRatio, of, outcomes: [good.outcome ?? 'ok'], range: goodRange(good) }
  return { ...all, ratio: targetRatio, of, outcomes: LOAD_OUTCOMES.filter((one) => one !== bad?.outcome) }
}

const EVERYTHING: Range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, isClosed: true }

function goodRange({ limit, withinMs }: Measure): Range {
  if (limit !== undefined) return rangeOf(limit)
  return withinMs === undefined ? EVERYTHING : rangeOf({ op: 'lte', value: withinMs })
}

function rangeOf({ op, value }: Limit): Range {
  const end = op === 'lte' || op === 'lt' ? { to: value } : { from: value }
  return { ...EVERYTHING, ...end, isClosed: op === 'lte' || op === 'gte' }
}

/** No event lies in both, and together they ask for more than all. */
export function excludes(a: Region, b: Region): boolean {
  const areApart =
    !a.outcomes.some((one) => b.outcomes.includes(one)) ||
    isBelow(a.range, b.range) ||
    isBelow(b.range, a.range)
  return areApart && a.ratio + b.ratio > 1 + 1e-9
}

const isBelow = (low: Range, high: Range): boolean =>
  low.to < high.from || (low.to === high.from && !(low.isClosed && high.isClosed))

/** Whatever lies in the first lies in the second, and at least as many of the events do. */
export function implies(a: Region, b: Region): boolean {
  const { from, to } = b.range
  const isAtItsEnd = a.range.to === to && a.range.from === from && a.range.isClosed && !b.range.isClosed
  const isInside = a.range.from >= from && a.range.to <= to && !isAtItsEnd
  return isInside && a.ratio >= b.ratio && a.outcomes.every((one) => b.outcomes.includes(one))
}
