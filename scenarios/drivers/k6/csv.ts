import { isSkipped, type Row, type RowParser, rowParser } from './row.ts'

const NEWLINE = 10
const QUOTE = 34
const COMMA = 44

/** Our own last line, written once k6 has closed: the stream was read to its end. */
export const END_LINE = '#gauntlet-end'

export interface CsvEvents {
  onRow(row: Row): void
  onEnd(): void
}

/** Reads k6's CSV as it flows, in chunks that may end anywhere. */
export class CsvReader {
  rows = 0
  unreadableRows = 0
  readonly #events: CsvEvents
  #rest: Buffer = Buffer.alloc(0)
  #parse: RowParser | undefined
  /** the beginning of a row whose quoted field holds a line break */
  #unclosed = ''

  constructor(events: CsvEvents) {
    this.#events = events
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const hasQuotes = this.#unclosed !== '' || bytes.includes(QUOTE)
    let from = 0
    for (let to = bytes.indexOf(NEWLINE, from); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      if (hasQuotes) this.#quotedLine(bytes.toString('utf8', from, to))
      else this.#line(bytes, from, to)
      from = to + 1
    }
    this.#rest = bytes.subarray(from)
  }

  /** The way of nearly every line: its metric is looked at first, and most are then skipped. */
  #line(bytes: Buffer, from: number, to: number): void {
    const comma = bytes.indexOf(COMMA, from)
    if (comma > from && comma < to && isSkipped(bytes.toString('latin1', from, comma))) {
      this.rows += 1
      return
    }
    const line = bytes.toString('utf8', from, to)
    this.#columns(line, line.split(','))
  }

  #quotedLine(line: string): void {
    const whole = line === END_LINE || this.#unclosed === '' ? line : `${this.#unclosed}\n${line}`
    const columns = splitQuoted(whole)
    this.#unclosed = columns === undefined ? whole : ''
    if (columns !== undefined && !isSkipped(columns[0] ?? '')) this.#columns(whole, columns)
    else if (columns !== undefined) this.rows += 1
  }

  #columns(line: string, columns: readonly string[]): void {
    if (line === END_LINE) this.#events.onEnd()
    else if (this.#parse === undefined && columns[0] === 'metric_name') this.#parse = rowParser(columns)
    else if (line !== '') this.#row(this.#parse?.(columns))
  }

  #row(row: Row | undefined): void {
    this.rows += 1
    if (row === undefined) this.unreadableRows += 1
    else this.#events.onRow(row)
  }
}

/** RFC 4180; undefined while a quoted field is still open. */
function splitQuoted(line: string): string[] | undefined {
  const columns: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y
  while (field.lastIndex <= line.length) {
    const match = field.exec(line)
    if (match === null) return undefined
    columns.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '') return columns
  }
  return columns
}
