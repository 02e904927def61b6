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

export type RowParser = (columns: readonly string[]) => Row | undefined

/** Columns are found by name: k6 sorts them, and their number depends on `--system-tags`. */
export function rowParser(header: readonly string[]): RowParser {
  const column = (name: string) => header.indexOf(name)
  const [at, value, scenario, name] = ['timestamp', 'metric_value', 'scenario', 'name'].map(column)
  const [check, errorCode, expected] = ['check', 'error_code', 'expected_response'].map(column)
  const metadata = column('metadata')
  return (columns) => {
    if (columns.length !== header.length) return undefined
    const text = (index: number | undefined) => columns[index ?? -1] ?? ''
    const row = {
      metric: text(0),
      atUs: toMicroseconds(text(at)),
      value: Number(text(value)),
      scenario: text(scenario),
      name: text(name),
      check: text(check),
      errorCode: text(errorCode),
      expectedResponse: text(expected),
      metadata: text(metadata),
    }
    return Number.isNaN(row.atUs) || Number.isNaN(row.value) ? undefined : row
  }
}

/** Nanoseconds do not fit a double: the last three digits are cut before the text becomes a number. */
function toMicroseconds(nanoseconds: string): number {
  return /^\d{19}$/.test(nanoseconds) ? Number(nanoseconds.slice(0, -3)) : Number.NaN
}

/** The value of one key of a metadata column; undefined when it is not there. */
export function metadataOf({ metadata }: Row, key: string): string | undefined {
  const pair = metadata.split('&').find((one) => one.startsWith(`${key}=`))
  return pair?.slice(key.length + 1)
}
