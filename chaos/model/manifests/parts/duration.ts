import { Type } from 'typebox'

const NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}
const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)'
const UNSIGNED = `\\+?((${NUMBER}(ns|us|µs|μs|ms|s|m|h))+|0)`

/** A length of time as Go's time.ParseDuration reads it. */
export const GoDuration = Type.String({
  title: 'duration',
  pattern: `^${UNSIGNED}$`,
  description: 'numbers with units as Go writes them, such as 45s, 1h30m or 1.5s',
})

const SIGNED = `^(-|)${UNSIGNED}$`

/** As GoDuration, and backwards too: `-1.5h`. */
export const SignedGoDuration = Type.String({
  title: 'duration',
  pattern: SIGNED,
  description: 'numbers with units as Go writes them, such as 300ms or -2h45m',
})

/** Milliseconds of `1h30m`, `100ms`, `-1.5s`; undefined when Go would refuse the text. */
export function goDurationMs(text: string): number | undefined {
  if (!new RegExp(SIGNED).test(text)) return undefined
  const parts = [...text.matchAll(/([0-9.]+)(ns|us|µs|μs|ms|s|m|h)/g)]
  const ns = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (NS[unit] ?? 0), 0)
  return ns === 0 ? 0 : (text.startsWith('-') ? -ns : ns) / 1e6
}
