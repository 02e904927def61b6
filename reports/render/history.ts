import type { BrokenLine, HistoryChange, HistoryPoint, HistorySeries } from '../run/history.ts'
import { counted, measured, percent } from '../run/words/words.ts'
import { ascii, COLUMNS, fit, wrap } from './plain.ts'

const ROWS = 5
const NOTE = '    '
/** Before the first point: a figure and the axis. */
const MARGIN = 16
/** The newest ones are drawn; changes are looked for in all. */
const MOST_POINTS = COLUMNS - MARGIN - 1

export interface HistoryShown {
  readonly file: string
  /** that the file holds, of the plan that was asked for */
  readonly runs: number
  readonly series: readonly HistorySeries[]
  readonly broken: readonly BrokenLine[]
  /** the command that adds a run to it */
  readonly add: string
}

/** Every series as a small chart, 80 columns of ASCII, with its changes numbered. */
export function historyText(history: HistoryShown): string {
  const { file, series, broken } = history
  const unread = broken.map(({ line, why }) => `${file}:${line} left out: ${why}`)
  if (series.length === 0)
    return [...unread, whyEmpty(history)].flatMap((line) => wrap(ascii(line))).join('\n')
  return [
    ...series.flatMap((one) => [...seriesLines(one), '']),
    ...unread.flatMap((line) => wrap(ascii(line))),
  ]
    .join('\n')
    .trimEnd()
}

function whyEmpty({ file, runs, add }: HistoryShown): string {
  return runs === 0
    ? `no run in ${file} yet: ${add}`
    : `${counted(runs, 'runs')} in ${file}, none with an untainted value: nothing to show`
}

function seriesLines({ objective, promised, plan, target, points, changes }: HistorySeries): string[] {
  const first = Math.max(0, points.length - MOST_POINTS)
  const shown = points.slice(first)
  const head = `${objective}: ${promised}   (${plan} on ${target}, ${counted(points.length, 'runs')})`
  return [
    fit(ascii(head), COLUMNS),
    ...chart(shown),
    axis(shown, changes, first),
    ...changes.flatMap(changeLines(points)),
  ]
}

/** A star a run; the highest value on the top row, the lowest on the bottom one. */
function chart(points: readonly HistoryPoint[]): string[] {
  const values = points.map(({ value }) => value)
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const rowOf = (value: number): number =>
    greatest === least ? 0 : Math.round(((greatest - value) / (greatest - least)) * (ROWS - 1))
  const rows = greatest === least ? 1 : ROWS
  return Array.from({ length: rows }, (_, row) => {
    const figure = row === 0 ? greatest : row === ROWS - 1 ? least : undefined
    const label = figure === undefined ? '' : ascii(valueWords(points[0]!, figure))
    const stars = values.map((value) => (rowOf(value) === row ? '*' : ' ')).join('')
    return `${fit(label, MARGIN - 2).padStart(MARGIN - 2)} |${stars}`.trimEnd()
  })
}

function axis(points: readonly HistoryPoint[], changes: readonly HistoryChange[], first: number): string {
  const marks = points.map((_, n) => {
    const change = changes.findIndex(({ index }) => index === n + first)
    return change === -1 ? '-' : markOf(change)
  })
  return `${' '.repeat(MARGIN - 1)}+${marks.join('')}`
}

/** 1 to 9, then #: a chart has no room for more. */
const markOf = (change: number): string => (change < 9 ? String(change + 1) : '#')

const changeLines =
  (points: readonly HistoryPoint[]) =>
  ({ run, version, before, after, relative, index, isWorse }: HistoryChange, n: number): string[] => {
    const [from, to] = [before, after].map((value) => valueWords(points[index]!, value))
    const size = relative === null ? '' : `, ${relative > 0 ? '+' : '-'}${percent(Math.abs(relative))}`
    const text = `${markOf(n)} from ${run} on (${version}): ${from} to ${to}${size}, ${isWorse ? 'worse' : 'better'}`
    return wrap(ascii(text), NOTE)
  }

/** Means of counts are no whole numbers. */
function valueWords(point: HistoryPoint, value: number): string {
  const figure = point.unit === 'count' ? Math.round(value * 10) / 10 : value
  return measured({ ...point, value: figure, low: null, high: null }).value
}
