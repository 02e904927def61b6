import { isSkipped, type Row, RowReader } from './row.ts'
import { Texts } from './texts.ts'

const NEWLINE = 10
const QUOTE = 34
const COMMA = 44

/** Our own last line, written once k6 has closed: the stream was read to its end. No name in it can be the same. */
export const END_LINE = `#gauntlet-end ${crypto.randomUUID()}`
const END_BYTES = Buffer.from(END_LINE)

/** No row of k6 is as long; what is, is no row, and is not waited for any longer. */
const LONGEST_ROW_BYTES = 1 << 20
const MOST_COLUMNS = 256

export interface CsvEvents {
  onRow(row: Row): void
  onEnd(): void
}

/** Reads k6's CSV (RFC 4180) as it flows, in chunks that may end anywhere, byte by byte: no string is made twice. */
export class CsvReader {
  rows = 0
  unreadableRows = 0
  readonly #events: CsvEvents
  readonly #texts = new Texts()
  /** where the fields of the row at hand begin; one more for the byte behind its end */
  readonly #starts = new Int32Array(MOST_COLUMNS + 1)
  #reader: RowReader | undefined
  /** what was read, and of it the bytes of a row whose end is not there yet */
  #bytes: Buffer = Buffer.allocUnsafe(1 << 17)
  #filled = 0
  #hasEnded = false

  constructor(events: CsvEvents) {
    this.#events = events
  }

  /** The chunk may be overwritten as soon as this returns. */
  push(chunk: Buffer): void {
    this.#append(chunk)
    let from = 0
    while (!this.#hasEnded) {
      const next = this.#row(from)
      if (next === undefined) break
      from = next
    }
    this.#bytes.copyWithin(0, from, this.#filled)
    this.#filled -= from
    if (this.#filled > LONGEST_ROW_BYTES) this.#giveUp()
  }

  #append(chunk: Buffer): void {
    const needed = this.#filled + chunk.length
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(2 * needed)
      this.#bytes.copy(larger, 0, 0, this.#filled)
      this.#bytes = larger
    }
    chunk.copy(this.#bytes, this.#filled)
    this.#filled = needed
  }

  /** Reads one row; tells where the next begins, or nothing when the row does not end here. */
  #row(from: number): number | undefined {
    const [bytes, starts, filled] = [this.#bytes, this.#starts, this.#filled]
    let [columns, line, isQuoted] = [1, from, false]
    starts[0] = from
    for (let at = from; at < filled; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === COMMA && !isQuoted) {
        if (columns < MOST_COLUMNS) starts[columns] = at + 1
        columns += 1
      } else if (byte === NEWLINE) {
        if (isEnd(bytes, line, at)) return this.#end(line > from, at + 1)
        line = at + 1
        if (isQuoted) continue
        starts[Math.min(columns, MOST_COLUMNS)] = at + 1
        this.#whole(bytes, from, { to: at, columns })
        return at + 1
      }
    }
    return undefined
  }

  #whole(bytes: Buffer, from: number, { to, columns }: { to: number; columns: number }): void {
    const metric = this.#texts.of(bytes, from, this.#starts[1]! - 1)
    if (from === to) return
    if (this.#reader === undefined && metric === 'metric_name') {
      this.#reader = new RowReader(bytes.toString('utf8', from, to).split(','), this.#texts)
      return
    }
    this.rows += 1
    if (columns > 1 && isSkipped(metric)) return
    const row = this.#reader?.read(bytes, this.#starts, columns)
    if (row === undefined) this.unreadableRows += 1
    else this.#events.onRow(row)
  }

  /** k6 may have died in the middle of a row, even inside of a quoted name. */
  #end(hasOpenRow: boolean, next: number): number {
    if (hasOpenRow) this.#lose()
    this.#hasEnded = true
    this.#events.onEnd()
    return next
  }

  #giveUp(): void {
    this.#filled = 0
    this.#lose()
  }

  #lose(): void {
    this.rows += 1
    this.unreadableRows += 1
  }
}

function isEnd(bytes: Buffer, from: number, to: number): boolean {
  return (
    to - from === END_BYTES.length &&
    bytes[from] === END_BYTES[0] &&
    END_BYTES.equals(bytes.subarray(from, to))
  )
}
