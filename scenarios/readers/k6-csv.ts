import { CsvRecords } from './csv-records.ts'
import type { K6Sample } from './k6-sample.ts'
import { K6Samples } from './k6-samples.ts'
import type { Parser } from './parser.ts'
import type { ResultSink } from './results.ts'

/** Columns without which nothing can be judged. */
export const K6_COLUMNS = ['metric_name', 'timestamp', 'metric_value']

/** Reads what `k6 run --out csv=FILE` writes. */
export function k6Csv(header: string, sink: ResultSink): Parser {
  const names = header.split(',')
  const toSample = sampleReader(names)
  const samples = new K6Samples(sink)
  const records = new CsvRecords(
    {
      record: (columns, line) => {
        if (columns.length === names.length) samples.sample(toSample(columns), line)
        else sink.unreadable(`has ${columns.length} columns, the header has ${names.length}`, line)
      },
      unreadable: (why, line) => sink.unreadable(why, line),
    },
    ',',
  )
  return {
    line: (text, number) => records.line(text, number),
    unreadable: (why, line) => records.unreadable(why, line),
    end: () => {
      records.end()
      samples.end()
    },
  }
}

/** k6 sorts its columns, and `--system-tags` says which there are; one that is not there reads as empty, or as unknown. */
function sampleReader(names: readonly string[]): (columns: readonly string[]) => K6Sample {
  const place = (column: string): number => names.indexOf(column)
  const [metric, time, value] = [place('metric_name'), place('timestamp'), place('metric_value')]
  const [scenario, group, name] = [place('scenario'), place('group'), place('name')]
  const [check, status] = [place('check'), place('status')]
  const [errorCode, expectedResponse] = [place('error_code'), place('expected_response')]
  return (columns) => ({
    metric: columns[metric] ?? '',
    time: columns[time] ?? '',
    value: columns[value] ?? '',
    scenario: columns[scenario],
    group: columns[group],
    name: columns[name] ?? '',
    check: columns[check] ?? '',
    status: columns[status] ?? '',
    errorCode: columns[errorCode] ?? '',
    expectedResponse: columns[expectedResponse] ?? '',
  })
}
