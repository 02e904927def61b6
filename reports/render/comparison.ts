import type { ComparedObjective, Comparison } from '../run/comparison.ts'
import {
  bothSides,
  COMPARISON_WORDS,
  changeWords,
  FIGURE_WORDS,
  scheduleWords,
  sideWords,
} from '../run/words/comparison-words.ts'
import { capital, list } from '../run/words/words.ts'
import { type Paint, paintWith } from './paint.ts'
import { ascii, COLUMNS, column, fit, wrap } from './plain.ts'

const NAME = '  '
const ROW = '    '
const NOTE = ' '.repeat(19)
const HEAD = `${ROW}${column('verdict', 15)}${column('figure', 14)}${column('change (interval)', 28)}base, head`

export interface ComparisonTextOptions {
  /** ANSI bold and colour on the verdict words; the words carry the meaning without them */
  readonly colour: boolean
  /** said in the last line; the caller knows where it is and how to say it */
  readonly report?: string
}

/** The end of a comparison, 80 columns of ASCII; the worse ones first. */
export function comparisonText(comparison: Comparison, { colour, report }: ComparisonTextOptions): string {
  const paint = paintWith(colour)
  const outcome = comparison.outcome === 'completed' ? '' : `   ${comparison.outcome}`
  return [
    `${paint(capital(COMPARISON_WORDS[comparison.verdict]), comparison.verdict)}   exit ${comparison.exitCode}${outcome}`,
    ...wrap(ascii(comparison.why)),
    '',
    ...(comparison.objectives.length === 0 ? [] : [HEAD]),
    ...worseFirst(comparison.objectives).flatMap((one) => objectiveLines(one, paint)),
    '',
    ...named('base', sideWords(comparison.base)),
    ...named('head', sideWords(comparison.head)),
    ...named('load', `plan ${comparison.plan}: ${scheduleWords(comparison)}`),
    ...(comparison.leftOut.length === 0 ? [] : named('not compared', list(comparison.leftOut))),
    ...comparison.findings.flatMap(({ why, hint }) => [...named('tainted', why), ...named('hint', hint)]),
    ...(report === undefined ? [] : named('report', report)),
  ].join('\n')
}

/** A reader wants to know what is worse. */
export function worseFirst(objectives: readonly ComparedObjective[]): ComparedObjective[] {
  const order = ['regression', 'inconclusive', 'no-regression']
  const rank = ({ verdict, advisory }: ComparedObjective) => order.indexOf(verdict) + (advisory ? 3 : 0)
  return objectives.toSorted((a, b) => rank(a) - rank(b))
}

function objectiveLines({ name, advisory, figures, promised }: ComparedObjective, paint: Paint): string[] {
  const promise = [promised, advisory ? 'advisory' : ''].filter((one) => one !== '').join(', ')
  const rows = figures.flatMap((figure) => {
    const word = COMPARISON_WORDS[figure.verdict]
    const verdict = paint(word, advisory ? undefined : figure.verdict) + ' '.repeat(15 - word.length)
    const change = column(ascii(changeWords(figure)), 28)
    const row = `${ROW}${verdict}${column(FIGURE_WORDS[figure.what], 14)}${change}${ascii(bothSides(figure))}`
    return [row.trimEnd(), ...(figure.why === '' ? [] : wrap(ascii(figure.why), NOTE))]
  })
  return [fit(ascii(`${NAME}${name}${promise === '' ? '' : `: ${promise}`}`), COLUMNS), ...rows]
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), NOTE)
  return [`${NAME}${column(name, 17)}${first.trimStart()}`, ...rest]
}
