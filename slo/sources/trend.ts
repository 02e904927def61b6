import type {
  LoadSeries,
  Measure,
  PhaseWindow,
  PlannedObjective,
  RunRecord,
} from '../../reports/run/index.ts'
import { seriesIn } from './load.ts'
import { hasValue, pointsIn } from './read-points.ts'
import { longestSilence } from './silence.ts'
import { endedWell, sumOfSeries } from './values.ts'

/** What was measured for a trend: ms from second 0, and the value there. */
export interface Series {
  readonly points: readonly { readonly atMs: number; readonly value: number }[]
  /** the share of what should have been read or answered that was */
  readonly covered: number
  /** why there are none; empty when there are */
  readonly note: string
}

/** Values of the judged phases as they were read; of load the mean of what was answered in each second. The warm-up is in no judged phase. */
export function seriesOf(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Series {
  const { total } = objective
  if (total.measure === 'probe' || total.measure === 'query') {
    const { stretches, covered, note } = pointsIn(total, record, windows)
    const known = stretches.flat().filter(hasValue)
    return {
      ...{ points: known, covered },
      note: note || (known.length === 0 ? `No ${objective.noun} of its kind were read.` : ''),
    }
  }
  const series = seriesIn(windows, total, record.load)
  const points = series.flatMap((seconds, n) =>
    seconds.flatMap((all, after) => {
      const { count, sum } = sumOfSeries(all.filter((one) => endedWell(total, one)))
      return count === 0 ? [] : [{ atMs: 1000 * (windows[n]!.fromSecond + after), value: sum / count }]
    }),
  )
  const none = points.length === 0 ? `No ${objective.noun} of its kind were seen.` : ''
  return { points, covered: Math.min(answeredIn(total, series), heardIn(series)), note: none }
}

/** The share of events that were answered: of the others nobody knows how long they would have taken. */
function answeredIn(total: Measure, series: readonly LoadSeries[][][]): number {
  const all = series.flat(2)
  return sumOfSeries(all.filter((one) => endedWell(total, one))).count / Math.max(1, sumOfSeries(all).count)
}

/** The share of its phases outside of their longest silence. */
function heardIn(series: readonly LoadSeries[][][]): number {
  const seconds = series.flat()
  return 1 - longestSilence([seconds.map((all) => all.length === 0)]) / Math.max(1, seconds.length)
}
