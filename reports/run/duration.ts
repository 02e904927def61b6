import { Type } from 'typebox'

/** In files people write durations with a unit: `250ms`, `30s`, `5m`, `1h30m`. In code there are only milliseconds. */
export const DURATION_PATTERN = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$'
export const Duration = Type.String({
  title: 'duration',
  pattern: DURATION_PATTERN,
  description: 'a number with a unit, such as 500ms, 45s or 5m',
})

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** Milliseconds of `1m30s`; undefined when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (!new RegExp(DURATION_PATTERN).test(text)) return undefined
  let totalMs = 0
  for (const [, number, unit] of text.matchAll(/([0-9.]+)(ms|s|m|h)/g))
    totalMs += Number(number) * MS[unit as keyof typeof MS]
  return totalMs
}
