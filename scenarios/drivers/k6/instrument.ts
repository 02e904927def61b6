import type { Ended, Instrument } from '../../../reports/run/index.ts'
import type { K6Log } from './log.ts'
import type { SampleStream } from './sample-stream.ts'

/** What the harness saw of itself, for evidence/instrument.json. */
export function instrumentOf({ fold, csv, gaps }: SampleStream, ended: Ended, log: K6Log): Instrument {
  const accounts = [...fold.accounts]
  const sum = (pick: (counts: Instrument['iterations']) => number) =>
    accounts.reduce((total, [, { counts }]) => total + pick(counts), 0)
  return {
    schema: 'gauntlet/instrument/1',
    rows: csv.rows,
    unreadableRows: csv.unreadableRows,
    gaps: gaps.found,
    startLatenessP99Ms: Object.fromEntries(
      accounts.flatMap(([name, { lateness }]) => {
        const p99Ms = lateness.quantile(0.99)
        return p99Ms === null ? [] : [[name, p99Ms]]
      }),
    ),
    iterations: {
      completed: sum(({ completed }) => completed),
      dropped: sum(({ dropped }) => dropped),
      interrupted: sum(({ interrupted }) => interrupted),
      threw: sum(({ threw }) => threw),
    },
    generatorExit: ended.exitCode,
    firstException: log.firstException,
  }
}
