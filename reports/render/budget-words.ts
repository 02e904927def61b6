import { percent } from '../run/words/words.ts'
import { ascii } from './plain.ts'

/** A share of a budget, which may be many budgets, in 7 characters: `0.41 %`, `<0.01 %`, `245 x`, `no data`. */
export function shareWords(ratio: number | null): string {
  if (ratio === null) return 'no data'
  if (ratio === 0) return '0 %'
  if (ratio < 0.0001) return '<0.01 %'
  if (ratio < 0.001) return `${Number((ratio * 100).toPrecision(2))} %`
  if (ratio >= 999.5) return '>999 x'
  const words = ascii(percent(ratio))
  return words === '100 %' && ratio !== 1 ? `${ratio < 1 ? '<' : '>'}${words}` : words
}

/** Cut, not rounded: one window in which it does not last is enough for less than 100 %. */
export const lastsWords = (ratio: number | null): string =>
  ratio === null ? 'no data' : `${Math.floor(ratio * 10_000) / 100} %`

const BAR = 20

/** All of a budget is 20 wide: `#` what is spent on average, `-` what the bounds do not rule out, `>` more than all. */
export function bar(spentRatio: number | null, mostRatio: number | null): string {
  const spent = width(spentRatio)
  const drawn = '#'.repeat(spent) + '-'.repeat(Math.max(0, width(mostRatio) - spent))
  return `[${drawn.padEnd(BAR)}${(mostRatio ?? spentRatio ?? 0) > 1 ? '>' : ']'}`
}

/** Anything above nothing is seen. */
const width = (ratio: number | null): number => Math.min(BAR, Math.ceil((ratio ?? 0) * BAR))
