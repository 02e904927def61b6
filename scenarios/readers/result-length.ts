import { duration } from '../../reports/run/words/words.ts'
import { GREATEST_VALUE } from '../drivers/k6/stream/seconds.ts'
import type { Result } from './results.ts'
import { LONGEST_US } from './results-clock.ts'

const isTimed = ({ measure }: Result): boolean => measure === 'request' || measure === 'iteration'

/** Microseconds since 1970; what took no time started when it ended. */
export const startUs = (result: Result): number =>
  isTimed(result) ? result.endUs - (result.valueMs ?? 0) * 1000 : result.endUs

/** Why nothing takes as long as this, or is as much; undefined when it may. */
export function whyNoLength(result: Result): string | undefined {
  const { valueMs } = result
  if (valueMs === undefined) return undefined
  if (!isTimed(result)) return Math.abs(valueMs) > GREATEST_VALUE ? `has a value of ${valueMs}` : undefined
  if (valueMs < 0) return `has a length of time below zero, ${valueMs} ms`
  return valueMs * 1000 > LONGEST_US ? `has a length of time of ${duration(valueMs)}` : undefined
}
