import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { jsonOf } from '../../reports/run/json-of.ts'
import { K6Samples } from './k6-samples.ts'
import type { Parser } from './parser.ts'
import type { ResultSink } from './results.ts'

/** One line: a metric is told of once, then come its points. */
const Entry = Type.Object({ type: Type.Enum(['Metric', 'Point']), metric: Type.String() })
const Point = Type.Object({
  metric: Type.String(),
  data: Type.Object({
    time: Type.String(),
    value: Type.Number(),
    tags: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
  }),
})
const entry = Compile(Entry)
const point = Compile(Point)

/** Whether a first line is one of k6's JSON. */
export const isK6Entry = (line: string): boolean => entry.Check(jsonOf(line))

/** Reads what `k6 run --out json=FILE` writes. Each line is parsed: one that was damaged may have swallowed a request. */
export function k6Json(firstLine: string, sink: ResultSink): Parser {
  const samples = new K6Samples(sink)
  const parser: Parser = {
    line: (text, line) => {
      if (text === '') return
      const value = jsonOf(text)
      if (!entry.Check(value)) sink.unreadable("is no entry of k6's JSON", line)
      else if (value.type === 'Point' && !samples.skips(value.metric)) readPoint(value, line)
    },
    unreadable: (why, line) => sink.unreadable(why, line),
    end: () => samples.end(),
  }
  parser.line(firstLine, 1)
  return parser

  function readPoint(value: unknown, line: number): void {
    if (!point.Check(value)) {
      sink.unreadable('is a point without a time, a value and tags', line)
      return
    }
    const { metric, data } = value
    const tags = data.tags ?? {}
    const sample = {
      ...{ metric, time: data.time, value: String(data.value) },
      ...{ scenario: tags['scenario'], group: tags['group'], name: tags['name'] ?? '' },
      ...{ check: tags['check'] ?? '', status: tags['status'] ?? '', errorCode: tags['error_code'] ?? '' },
      expectedResponse: tags['expected_response'] ?? '',
    }
    samples.sample(sample, line)
  }
}
