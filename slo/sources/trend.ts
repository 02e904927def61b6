import type { PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { hasValue, pointsIn } from './read-points.ts'
import { valuesOf } from './values.ts'

/** What was measured for a trend: ms from second 0, and the value there. */
export interface Series {
  readonly points: readonly { readonly atMs: number; readonly value: number }[]
  /** the share of points that were read; 1 of what is no point */
  readonly covered: number
  /** why there are none; empty when there are */
  readonly note: string
}

/** Values of the judged phases as they were read; of load the mean of each second. The warm-up is in no judged phase. */
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
  const { stretches, note } = valuesOf(objective, record, windows, undefined)
  const points = stretches.flatMap((seconds, stretch) =>
    seconds.flatMap(({ count, sum }, n) =>
      count === 0 ? [] : [{ atMs: 1000 * ((windows[stretch]?.fromSecond ?? 0) + n), value: sum / count }],
    ),
  )
  return { points, covered: 1, note }
}
