import { CsvRecords } from './csv-records.ts'
import { numberOf } from './number.ts'
import type { Parser } from './parser.ts'
import type { Result, ResultSink } from './results.ts'
import { shown } from './shown.ts'

/** Columns without which nothing can be judged, and the property of JMeter that adds each. */
export const JTL_COLUMNS: Readonly<Record<string, string>> = {
  timeStamp: 'jmeter.save.saveservice.timestamp_format=ms',
  elapsed: 'jmeter.save.saveservice.time=true',
  label: 'jmeter.save.saveservice.label=true',
  success: 'jmeter.save.saveservice.successful=true',
}

/** Any character can be the delimiter (`jmeter.save.saveservice.default_delimiter`): the first that is in no name. */
export function delimiterOf(header: string): string {
  return /^\w+([^\w\s]|\t)\w/.exec(header)?.[1] ?? ','
}

/** Reads the CSV that `jmeter -l FILE` writes. */
export function jmeterJtl(header: string, sink: ResultSink): Parser {
  const delimiter = delimiterOf(header)
  const names = header.split(delimiter)
  const toRow = rowReader(names)
  const records = new CsvRecords(
    {
      record: (columns, line) => {
        if (columns.length === names.length) readRow(toRow(columns), line, sink)
        else sink.unreadable(`has ${columns.length} columns, the header has ${names.length}`, line)
      },
      unreadable: (why, line) => sink.unreadable(why, line),
    },
    delimiter,
  )
  return {
    line: (text, number) => records.line(text, number),
    unreadable: (why, line) => records.unreadable(why, line),
    end: () => records.end(),
  }
}

const TRANSACTIONS =
  'rows of transaction controllers sum up requests that have rows of their own: they count as iterations, by their label'

/** One row, as text; empty where the file has no such column. */
interface JtlRow {
  readonly timeStamp: string
  readonly elapsed: string
  readonly label: string
  readonly success: string
  readonly threadName: string
  readonly responseCode: string
  readonly responseMessage: string
  readonly sampleCount: string
}

function rowReader(names: readonly string[]): (columns: readonly string[]) => JtlRow {
  const place = (column: string): number => names.indexOf(column)
  const [timeStamp, elapsed, label, success] = [
    place('timeStamp'),
    place('elapsed'),
    place('label'),
    place('success'),
  ]
  const [threadName, responseCode] = [place('threadName'), place('responseCode')]
  const [responseMessage, sampleCount] = [place('responseMessage'), place('SampleCount')]
  return (columns) => ({
    timeStamp: columns[timeStamp] ?? '',
    elapsed: columns[elapsed] ?? '',
    label: columns[label] ?? '',
    success: columns[success] ?? '',
    threadName: columns[threadName] ?? '',
    responseCode: columns[responseCode] ?? '',
    responseMessage: columns[responseMessage] ?? '',
    sampleCount: columns[sampleCount] ?? '',
  })
}

function readRow(row: JtlRow, line: number, sink: ResultSink): void {
  const why = whyUnusable(row)
  if (why !== undefined) {
    sink.unreadable(why, line)
    return
  }
  const result = resultOf(row)
  if (result.measure === 'iteration') sink.note(TRANSACTIONS)
  sink.result(result, line)
}

function whyUnusable({ timeStamp, elapsed, success, sampleCount }: JtlRow): string | undefined {
  if (!/^\d{13}$/.test(timeStamp))
    return `has the timeStamp "${shown(timeStamp)}", which is not in milliseconds since 1970 (${JTL_COLUMNS['timeStamp']})`
  if (numberOf(elapsed) === undefined) return `has the elapsed time "${shown(elapsed)}"`
  if (success !== 'true' && success !== 'false') return `has the success "${shown(success)}"`
  // the sender's modes Statistical and their like write one row for many samples, with their mean
  if (sampleCount !== '' && sampleCount !== '1')
    return `stands for ${shown(sampleCount)} samples: their times are lost`
  return undefined
}

/** JMeter as it is shipped puts the start into timeStamp (`sampleresult.timestamp.start=true`); connecting is in elapsed. */
function resultOf(row: JtlRow): Result {
  const valueMs = Number(row.elapsed)
  return {
    measure: isTransaction(row) ? 'iteration' : 'request',
    scenario: threadGroupOf(row),
    name: row.label,
    outcome: outcomeOf(row),
    endUs: (Number(row.timeStamp) + valueMs) * 1000,
    valueMs,
  }
}

const isTransaction = ({ responseMessage }: JtlRow): boolean =>
  /^Number of samples in transaction : \d+/.test(responseMessage)

function outcomeOf({ success, responseCode }: JtlRow): Result['outcome'] {
  if (success === 'true') return 'ok'
  return /TimeoutException/.test(responseCode) ? 'timeout' : 'bad'
}

/** `Thread Group 1-7` is the seventh thread of the first group, whose name is `Thread Group`. */
const threadGroupOf = ({ threadName }: JtlRow): string =>
  threadName.replace(/ \d+-\d+$/, '') || 'thread-group'
