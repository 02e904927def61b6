import type { Tolerance } from './planned-probe.ts'

/** Which answers are normal, in words: `at least 1`, `"ok" or "degraded"`, `like /ready/`. */
export function toleranceInWords(tolerance: Tolerance): string {
  if (Array.isArray(tolerance)) return tolerance.map(toleranceInWords).join(' or ')
  if (typeof tolerance !== 'object' || tolerance === null) return JSON.stringify(tolerance)
  if ('regex' in tolerance) return `like /${tolerance.regex}/`
  if ('jsonpath' in tolerance) return pathInWords(tolerance)
  return rangeInWords(tolerance)
}

function rangeInWords({ min, max }: { min?: number; max?: number }): string {
  if (min === undefined) return `at most ${max}`
  if (max === undefined) return `at least ${min}`
  return min === max ? `${min}` : `${min} to ${max}`
}

function pathInWords({ jsonpath, exists = true, expect }: Extract<Tolerance, { jsonpath: string }>): string {
  if (expect !== undefined) return `with ${jsonpath} ${toleranceInWords(expect)}`
  return exists ? `with ${jsonpath}` : `without ${jsonpath}`
}
