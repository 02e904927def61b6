import { partOf, type YamlDocument } from '../../reports/run/index.ts'

/** The objects that a document holds: itself, or the items of its list. */
export function objectsOf(document: YamlDocument): YamlDocument[] {
  const { value } = document
  return Array.isArray(value) ? value.map((item, n) => partOf(document, [n], item)) : [document]
}

/** Deeper than any objective goes, and far from where recursion ends. */
const DEEPEST = 100

/** Whether lists and maps go deeper than that; by an alias one may even hold itself. */
export function isTooDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1))
}

/** A copy without keys that have nothing after them: they count as not given. */
export function withoutEmpty(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, inner]) => inner !== null || isFree(parent, key))
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, isFree(parent, key) ? inner : withoutEmpty(inner, key)]),
  )
}

/** Where the specification lets anything stand, an empty key means what its reader makes of it. */
const isFree = (parent: string, key: string): boolean =>
  key === 'connectionDetails' || (parent === 'metricSource' && key === 'spec')
