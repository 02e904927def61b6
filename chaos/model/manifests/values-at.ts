import type { YamlPath } from '../../../reports/run/index.ts'

export interface Found {
  readonly path: YamlPath
  readonly value: unknown
}

/** Every value that stands at this place, which may hold `*` for each key or item; none where nothing stands. */
export function valuesAt(value: unknown, [first, ...rest]: readonly string[]): Found[] {
  if (first === undefined) return value === undefined || value === null ? [] : [{ path: [], value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([key]) => first === '*' || key === first)
    .flatMap(([key, inner]) => valuesAt(inner, rest).map((one) => ({ ...one, path: [key, ...one.path] })))
}
