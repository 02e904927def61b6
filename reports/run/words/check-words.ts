import type { PlannedCheck } from '../plan.ts'
import { duration } from './words.ts'

/** What a status check asks and when, and what its failure does, in words. */
export function checkWords({ name, expects, mode, atMs, forMs, everyMs, ...check }: PlannedCheck): string {
  const { successes, failures, aborts } = check
  const known = mode === 'synchronous' ? `, ${successes} times in a row` : ''
  const asked = `${name}: ${expects}${known}, asked every ${duration(everyMs)} from ${duration(atMs)} for ${duration(forMs)}`
  return aborts
    ? `${asked}; ${failures === 1 ? 'one failure ends' : `${failures} failures in a row end`} the run`
    : asked
}
