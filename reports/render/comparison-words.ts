import type { ComparedFigure, ComparedSide, Comparison, ComparisonVerdict } from '../run/comparison.ts'
import { counted, duration, percent, threeFigures } from '../run/words.ts'

export const COMPARISON_WORDS: Readonly<Record<ComparisonVerdict, string>> = {
  'no-regression': 'no regression',
  regression: 'regression',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

export const FIGURE_WORDS: Readonly<Record<ComparedFigure['what'], string>> = {
  cpu: 'CPU a request',
  latency: 'latency',
  share: 'bad',
}

/** `4.1 %` of a figure, `0.4 points` of a share; `-` when it shrank. */
export function amount(change: number | null, what: ComparedFigure['what']): string {
  if (change === null) return 'no data'
  const words =
    Math.abs(change) < 10 ? percent(Math.abs(change)) : `${threeFigures(Math.abs(change) * 100)} %`
  const sign = change < 0 && words !== '0 %' ? '-' : ''
  return sign + (what === 'share' ? words.replace('%', 'points') : words)
}

/** `+4.1 % (3.2..5)`, `+0.4 pt (0.1..0.7)` */
export function changeWords({ change, low, high, what }: ComparedFigure): string {
  if (change === null) return 'no data'
  const signed = (change > 0 ? '+' : '') + amount(change, what).replace('points', 'pt')
  const bare = (bound: number): string => amount(bound, what).replace(/ \D+$/, '')
  return low === null || high === null ? signed : `${signed} (${bare(low)}..${bare(high)})`
}

/** `2.62 ms, 2.75 ms`: of one comparison, and never to be held against another one's. */
export function bothSides({ base, head, what }: ComparedFigure): string {
  const say = (value: number | null): string => {
    if (value === null) return 'no data'
    return what === 'share' ? percent(value) : duration(what === 'cpu' ? value * 1000 : value)
  }
  return `${say(base)}, ${say(head)}`
}

export const sideWords = ({ given, name, version }: ComparedSide): string => `${name} ${version} (${given})`

/** `30 pairs of 2 s, seed 1, the base began` */
export function scheduleWords({ schedule }: Comparison): string {
  const { pairs, blockMs, seed, first } = schedule
  return `${counted(pairs, 'pairs')} of ${duration(2 * blockMs)}, seed ${seed}, the ${first} began`
}
