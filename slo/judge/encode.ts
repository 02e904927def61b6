import type { Verdict } from '../../reports/run/index.ts'

/** The bytes of verdict.json: six significant digits, keys sorted, and nothing that differs between two readings. */
export const encodeVerdict = (verdict: Verdict): string =>
  `${JSON.stringify(sorted(verdict), undefined, 2)}\n`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

/** Counts are exact; every other number has six significant digits. */
export function rounded<Value>(value: Value): Value
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(6))
  if (Array.isArray(value)) return value.map((inner) => rounded(inner))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}
