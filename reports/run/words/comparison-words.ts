import type { ComparedFigure, ComparedSide, Comparison, ComparisonVerdict } from '../comparison.ts'
import { count, counted, duration, percent, threeFigures } from './words.ts'

export const COMPARISON_WORDS: Readonly<Record<ComparisonVerdict, string>> = {
  'no-regression': 'no regression',
  regression: 'regression',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

export const FIGURE_WORDS: Readonly<Record<ComparedFigure['what'], string>> = {
  cpu: 'CPU a request',
  latency: 'latency',
  share: 'share of bad',
}

/** `4.1 %` of a figure, `0.4 points` or `1 point` of a share; with a minus when it shrank. */
export function amount(change: number | null, what: ComparedFigure['what']): string {
  if (change === null) return 'no data'
  const words =
    Math.abs(change) < 10 ? percent(Math.abs(change)) : `${threeFigures(Math.abs(change) * 100)} %`
  const sign = change < 0 && words !== '0 %' ? '−' : ''
  return sign + (what === 'share' ? words.replace('%', words === '1 %' ? 'point' : 'points') : words)
}

/** `+4.1 % (3.2–5)`, `+0.4 pt (−0.1 to 0.7)`: beside a minus an en dash cannot be read. */
export function changeWords({ change, low, high, what }: ComparedFigure): string {
  if (change === null) return 'no data'
  const signed = (change > 0 ? '+' : '') + amount(change, what).replace(/points?/, 'pt')
  if (low === null || high === null) return signed
  const bare = (bound: number): string => amount(bound, what).replace(/ \D+$/, '')
  return `${signed} (${bare(low)}${low < 0 ? ' to ' : '–'}${bare(high)})`
}

/** `2.62 ms, 2.75 ms`: of one comparison, and never to be held against another one's. */
export function bothSides({ base, head, what }: ComparedFigure): string {
  const say = (value: number | null): string => {
    if (value === null) return 'no data'
    return what === 'share' ? percent(value) : duration(what === 'cpu' ? value * 1000 : value)
  }
  return `${say(base)}, ${say(head)}`
}

/** `1,800 and 1,795 requests in 30 pairs` */
export const eventsWords = ({ events, pairs }: ComparedFigure, noun: string): string =>
  `${count(events.base)} and ${counted(events.head, noun)} in ${counted(pairs, 'pairs')}`

export const sideWords = ({ given, name, version }: ComparedSide): string => `${name} ${version} (${given})`

/** `30 pairs of 2 s, seed 1, the base began` */
export function scheduleWords({ schedule }: Comparison): string {
  const { pairs, blockMs, seed, first } = schedule
  return `${counted(pairs, 'pairs')} of ${duration(2 * blockMs)}, seed ${seed}, the ${first} began`
}

/** `1 regression, 2 no regression`; advisory ones are not counted. */
export function comparisonTally({ objectives }: Comparison): string {
  const required = objectives.filter(({ advisory }) => !advisory)
  const many = (verdict: ComparisonVerdict): string[] => {
    const of = required.filter((one) => one.verdict === verdict).length
    return of === 0 ? [] : [`${of} ${COMPARISON_WORDS[verdict]}`]
  }
  const words = [...many('regression'), ...many('inconclusive'), ...many('no-regression')]
  return words.length === 0 ? 'none required' : words.join(', ')
}
