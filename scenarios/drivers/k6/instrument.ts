import type { Ended, Instrument } from '../../../reports/run/index.ts'
import type { K6Log } from './log.ts'
import type { SampleStream } from './stream/sample-stream.ts'

/** What the stream has seen by its end. */
type Seen = Pick<SampleStream, 'fold' | 'csv'> & {
  readonly gaps: Pick<SampleStream['gaps'], 'found'>
  readonly watch: Pick<SampleStream['watch'], 'seconds'>
}

/** What the harness saw of itself, for evidence/instrument.json. */
export function instrumentOf({ fold, csv, gaps, watch }: Seen, ended: Ended, log: K6Log): Instrument {
  const accounts = [...fold.accounts.values()]
  return {
    schema: 'gauntlet/instrument/1',
    rows: csv.rows,
    unreadableRows: csv.unreadableRows + fold.refusedRows,
    gaps: gaps.found,
    startLatenessP99Ms: Object.fromEntries(
      accounts.flatMap(({ load, lateness }) => {
        const p99Ms = lateness.quantile(0.99)
        return p99Ms === null ? [] : [[load.name, p99Ms]]
      }),
    ),
    seconds: watch.seconds(fold.starts()),
    ...(fold.lost === undefined ? {} : { lost: fold.lost }),
    iterations: accounts.map(({ load, counts }) => ({ scenario: load.name, ...counts })),
    generatorExit: ended.exitCode,
    firstException: log.firstException,
  }
}
