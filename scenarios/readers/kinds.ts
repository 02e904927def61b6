import { delimiterOf, JTL_COLUMNS, jmeterJtl } from './jmeter-jtl.ts'
import { K6_COLUMNS, k6Csv } from './k6-csv.ts'
import { isK6Entry, k6Json } from './k6-json.ts'
import type { Parser } from './parser.ts'
import type { ResultSink } from './results.ts'

/** A kind of results file, known by its first line. */
export interface Kind {
  /** such as `CSV of k6` */
  readonly name: string
  /** rows are written as requests end; how much earlier than one before it one may come */
  readonly disorderMs: number
  knows(firstLine: string): boolean
  /** the first line is read too */
  open(firstLine: string, sink: ResultSink): Parser
}

const hasColumns = (columns: readonly string[], needed: readonly string[]): boolean =>
  needed.every((one) => columns.includes(one))

/** k6 gathers the samples of all users and writes them every second or so. */
const K6_DISORDER_MS = 10_000
/** Its remote servers may send in batches of a minute (`mode=Batch`, `time_threshold=60000`). */
const JMETER_DISORDER_MS = 90_000

export const KINDS: readonly Kind[] = [
  {
    name: 'CSV of k6',
    disorderMs: K6_DISORDER_MS,
    knows: (first) => hasColumns(first.split(','), K6_COLUMNS),
    open: k6Csv,
  },
  {
    name: 'JSON of k6',
    disorderMs: K6_DISORDER_MS,
    knows: isK6Entry,
    open: k6Json,
  },
  {
    name: 'JTL of JMeter',
    disorderMs: JMETER_DISORDER_MS,
    knows: (first) => hasColumns(first.split(delimiterOf(first)), Object.keys(JTL_COLUMNS)),
    open: jmeterJtl,
  },
]
