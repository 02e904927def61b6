import type { Limit, Measure } from '../../reports/run/index.ts'

/** A limit as the stream counts it: how many values are greater than `threshold`. */
export interface Threshold {
  readonly threshold: number
  /** whether those that are greater are the bad ones, or the good ones */
  readonly greaterIsBad: boolean
}

/** Where a measure divides good from bad; undefined when it has no limit. */
export function thresholdOf(measure: Measure | undefined): Threshold | undefined {
  if (measure?.withinMs !== undefined) return { threshold: measure.withinMs, greaterIsBad: true }
  if (measure?.limit === undefined) return undefined
  const { op, value } = measure.limit
  switch (op) {
    case 'lte':
      return { threshold: value, greaterIsBad: true }
    case 'lt':
      return { threshold: nextBelow(value), greaterIsBad: true }
    case 'gte':
      return { threshold: nextBelow(value), greaterIsBad: false }
    case 'gt':
      return { threshold: value, greaterIsBad: false }
    default:
      return op satisfies never
  }
}

export function keepsLimit({ op, value }: Limit, figure: number): boolean {
  switch (op) {
    case 'lte':
      return figure <= value
    case 'lt':
      return figure < value
    case 'gte':
      return figure >= value
    case 'gt':
      return figure > value
    default:
      return op satisfies never
  }
}

const float64 = new Float64Array(1)
const bits = new BigInt64Array(float64.buffer)

/** The greatest double below a value above zero: `x ≥ value` is `x > nextBelow(value)`. */
function nextBelow(value: number): number {
  if (value <= 0) return value
  float64[0] = value
  bits[0] = bits[0]! - 1n
  return float64[0]!
}
