import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** One line of series.ndjson: the heap of one recorded process. */
const Series = Type.Object(
  {
    seed: Type.Integer(),
    /** 0: a healthy one */
    leakBytesPerSecond: Type.Number({ minimum: 0 }),
    /** kB, one a second from the start of the process: the least of five; null: the machine held it up */
    troughsKb: Type.Array(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
  },
  { additionalProperties: false },
)
export type Series = Static<typeof Series>

/** What the recorded processes are allowed to grow by: 72 MB an hour. */
export const ALLOWED_BYTES_PER_SECOND = 20_000
/** Caches are filled and start-up code is flushed by then; not judged. */
export const WARM_UP_SECONDS = 90

export const SERIES_PATH = join(import.meta.dirname, 'series.ndjson')

const shape = Compile(Series)
export const parseSeries = (value: unknown): Series => shape.Parse(value)

export function readSeries(path = SERIES_PATH): Series[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => parseSeries(JSON.parse(line)))
}
