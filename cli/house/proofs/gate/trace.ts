import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { EncodedSketch, type LoadSecond, type LoadSeries } from '../../../../reports/run/index.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'

/** One second of search requests to a real Plaza whose catalogue was stopped for 1.4 s now and then; see README.md. */
const TracedSecond = Type.Object({ second: Type.Integer(), count: Type.Integer(), sketch: EncodedSketch })
type TracedSecond = Static<typeof TracedSecond>
const isSecond = Compile(TracedSecond)

/** Long enough to hold a stall and the queue it leaves. */
const BLOCK_SECONDS = 15

/** A stall comes about once a minute: a run must be long enough to see some, for no judge knows of what it never saw. */
export const TRACED_SECONDS = 600

export function readTrace(): TracedSecond[] {
  const text = readFileSync(join(import.meta.dirname, 'plaza-with-stalls.ndjson'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line): TracedSecond => {
      const second: unknown = JSON.parse(line)
      if (isSecond.Check(second)) return second
      throw new Error(`not a second of a trace: ${line.slice(0, 80)}`)
    })
}

/** The quantile of the whole trace: the truth for every run that is drawn from it. */
export function quantileOf(trace: readonly TracedSecond[], quantile: number): number {
  const all = new Sketch()
  for (const { sketch } of trace) all.merge(Sketch.decode(sketch))
  return all.quantile(quantile) ?? 0
}

/** A run made of blocks of the trace, drawn with replacement (Künsch, Annals of Statistics 17, 1989). */
export function drawnRun(trace: readonly TracedSecond[], seed: number): LoadSecond[] {
  const random = mulberry32(seed)
  const seconds: LoadSecond[] = []
  while (seconds.length < TRACED_SECONDS) {
    const from = Math.floor(random() * (trace.length - BLOCK_SECONDS))
    for (const { count, sketch } of trace.slice(from, from + BLOCK_SECONDS))
      seconds.push({ schema: 'gauntlet/load/1', second: seconds.length, series: [seriesOf(count, sketch)] })
  }
  return seconds
}

const seriesOf = (count: number, sketch: number[]): LoadSeries => ({
  ...{ measure: 'request', scenario: 'search', name: 'search', outcome: 'ok', count, sketch },
  over: {},
})
