import { decimal, microseconds } from './decimal.ts'
import { type Texts, unquoted } from './texts.ts'

/** One line of k6's CSV output, with the columns that we use. Empty text: k6 left it out. */
export interface Row {
  readonly metric: string
  /** microseconds since 1970; the END of a request or iteration */
  readonly atUs: number
  readonly value: number
  readonly scenario: string
  /** of a request */
  readonly name: string
  readonly check: string
  readonly errorCode: string
  readonly expectedResponse: string
  /** `key=value&…`, in no fixed order and not escaped */
  readonly metadata: string
}

const AND = 38

/** Metrics that tell nothing we need: their rows are skipped unread. */
const SKIPPED = new Set([
  'http_reqs',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
  'http_req_failed',
  'data_sent',
  'data_received',
  'iterations',
  'vus_max',
])

export const isSkipped = (metric: string): boolean => SKIPPED.has(metric)

/** Columns are found by name: k6 sorts them, and their number depends on `--system-tags`. */
export class RowReader {
  readonly #texts: Texts
  readonly #columns: number
  readonly #at: Readonly<Record<keyof Row, number>>

  constructor(header: readonly string[], texts: Texts) {
    const column = (name: string) => header.indexOf(name)
    this.#texts = texts
    this.#columns = header.length
    this.#at = {
      metric: column('metric_name'),
      atUs: column('timestamp'),
      value: column('metric_value'),
      scenario: column('scenario'),
      name: column('name'),
      check: column('check'),
      errorCode: column('error_code'),
      expectedResponse: column('expected_response'),
      metadata: column('metadata'),
    }
  }

  /** The row whose fields begin at `starts`; undefined when it has too few or too many, no time, or no number. */
  read(bytes: Buffer, starts: Int32Array, columns: number): Row | undefined {
    if (columns !== this.#columns) return undefined
    const at = this.#at
    const atUs = at.atUs < 0 ? Number.NaN : microseconds(bytes, starts[at.atUs]!, starts[at.atUs + 1]! - 1)
    const value = at.value < 0 ? Number.NaN : decimal(bytes, starts[at.value]!, starts[at.value + 1]! - 1)
    if (Number.isNaN(atUs) || Number.isNaN(value)) return undefined
    return {
      metric: this.#text(bytes, starts, at.metric),
      atUs,
      value,
      scenario: this.#text(bytes, starts, at.scenario),
      name: this.#text(bytes, starts, at.name),
      check: this.#text(bytes, starts, at.check),
      errorCode: this.#text(bytes, starts, at.errorCode),
      expectedResponse: this.#text(bytes, starts, at.expectedResponse),
      metadata: this.#metadata(bytes, starts),
    }
  }

  /** The VU alone comes again and again; with an id beside it, it never does. */
  #metadata(bytes: Buffer, starts: Int32Array): string {
    const column = this.#at.metadata
    if (column < 0) return ''
    const [from, to] = [starts[column]!, starts[column + 1]! - 1]
    for (let at = from; at < to; at += 1) if (bytes[at] === AND) return unquoted(bytes, from, to)
    return this.#texts.of(bytes, from, to)
  }

  #text(bytes: Buffer, starts: Int32Array, column: number): string {
    return column < 0 ? '' : this.#texts.of(bytes, starts[column]!, starts[column + 1]! - 1)
  }
}

/** The value of one key of a metadata column; undefined when it is not there. */
export function metadataOf({ metadata }: Row, key: string): string | undefined {
  const head = `${key}=`
  let from = 0
  while (!metadata.startsWith(head, from)) {
    from = metadata.indexOf('&', from) + 1
    if (from === 0) return undefined
  }
  const to = metadata.indexOf('&', from)
  return metadata.slice(from + head.length, to < 0 ? metadata.length : to)
}
