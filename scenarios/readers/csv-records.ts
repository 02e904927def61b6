import type { LineSink } from './lines.ts'

const QUOTE = '"'
/** A quote that is never closed must not swallow the rest of the file. */
const LONGEST_CHARACTERS = 1 << 18

export interface RecordSink {
  /** `line` is the first one of the record */
  record(columns: readonly string[], line: number): void
  unreadable(why: string, line: number): void
}

/** The lines of a record whose last quoted field has not ended yet. */
interface OpenRecord {
  /** the number of its first one */
  readonly line: number
  text: string
  lines: number
}

/** Lines as records of a CSV (RFC 4180): a quoted field may hold delimiters and line breaks. */
export class CsvRecords implements LineSink {
  readonly #sink: RecordSink
  readonly #delimiter: string
  #open: OpenRecord | undefined

  constructor(sink: RecordSink, delimiter: string) {
    this.#sink = sink
    this.#delimiter = delimiter
  }

  line(text: string, line: number): void {
    if (this.#open === undefined && text === '') return
    this.#open ??= { line, text: '', lines: 0 }
    this.#open.text += this.#open.lines === 0 ? text : `\n${text}`
    this.#open.lines += 1
    // As many quotes as close it leave an even number, and then it is a record or malformed: none is split a third time.
    const mayClose = this.#open.lines === 1 || hasOddQuotes(text)
    if (this.#open.text.length > LONGEST_CHARACTERS) this.#giveUp('opens a quote that is not closed')
    else if (mayClose) this.#record(this.#open)
  }

  /** What is open with it is lost too. */
  unreadable(why: string, line: number): void {
    if (this.#open !== undefined) this.#giveUp(why)
    this.#sink.unreadable(why, line)
  }

  end(): void {
    if (this.#open !== undefined) this.#giveUp('opens a quote that is not closed: the file was cut')
  }

  #record({ text, line }: OpenRecord): void {
    const columns = text.includes(QUOTE) ? splitQuoted(text, this.#delimiter) : text.split(this.#delimiter)
    if (columns === 'open') return
    if (columns === 'malformed') this.#giveUp('has a quote in the wrong place')
    else {
      this.#open = undefined
      this.#sink.record(columns, line)
    }
  }

  /** Each of its lines is one that could not be read. */
  #giveUp(why: string): void {
    const { line, lines } = this.#open ?? { line: 0, lines: 0 }
    this.#open = undefined
    for (let n = 0; n < lines; n += 1) this.#sink.unreadable(why, line + n)
  }
}

const hasOddQuotes = (text: string): boolean => text.split(QUOTE).length % 2 === 0

/** `open`: a quoted field has no end yet. */
function splitQuoted(text: string, delimiter: string): string[] | 'open' | 'malformed' {
  const columns: string[] = []
  for (let from = 0; ; ) {
    const field = text[from] === QUOTE ? quotedField(text, from) : plainField(text, from, delimiter)
    if (typeof field === 'string') return field
    columns.push(field.value)
    if (field.end === text.length) return columns
    if (text[field.end] !== delimiter) return 'malformed'
    from = field.end + 1
  }
}

interface Field {
  readonly value: string
  /** the place after it */
  readonly end: number
}

function plainField(text: string, from: number, delimiter: string): Field | 'malformed' {
  const found = text.indexOf(delimiter, from)
  const end = found < 0 ? text.length : found
  const value = text.slice(from, end)
  return value.includes(QUOTE) ? 'malformed' : { value, end }
}

/** Within it a quote stands twice. */
function quotedField(text: string, from: number): Field | 'open' {
  let at = from + 1
  for (;;) {
    const quote = text.indexOf(QUOTE, at)
    if (quote < 0) return 'open'
    if (text[quote + 1] !== QUOTE)
      return { value: text.slice(from + 1, quote).replaceAll('""', QUOTE), end: quote + 1 }
    at = quote + 2
  }
}
