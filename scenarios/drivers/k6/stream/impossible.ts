import type { Row } from './row.ts'
import { GREATEST_VALUE } from './seconds.ts'

/** More in one row is no count of iterations. */
const MOST_DROPPED = 1e6

/** A length of time below zero, no count, or a value beyond all measure. */
export function isImpossible({ metric, value }: Row): boolean {
  if (Math.abs(value) > GREATEST_VALUE) return true
  switch (metric) {
    case 'http_req_duration':
    case 'http_req_blocked':
    case 'iteration_duration':
      return value < 0
    case 'dropped_iterations':
      return !(Number.isInteger(value) && value >= 0 && value <= MOST_DROPPED)
    default:
      return false
  }
}
