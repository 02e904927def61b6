import type { Limit, PhaseWindow, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { seriesOf } from '../../sources/index.ts'
import { ALPHA } from '../statistics/bad-ratio.ts'
import { trend, trendInterval } from '../statistics/trend.ts'
import { whyUncovered } from './covered.ts'
import { isBroken, isKept, scaleOf } from './limit.ts'
import { headOf, lengthOf, type Measurement } from './measurement.ts'

const REFUSAL = 'Its values go up and down too slowly for this run to tell that from growth.'

/** JUDGING rule 19: by how much a value grows in an hour. This is what finds leaks. */
export function measureTrend(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const { points, covered, note } = seriesOf(objective, record, windows)
  const uncovered = whyUncovered(covered)
  const limit: Limit = objective.limit ?? { op: 'lte', value: 0 }
  const found = uncovered === '' ? trend(points, { fold: 'mean', seed: record.plan.seed }) : null
  const within = (alpha: number) => (found === null ? null : trendInterval(found, alpha))
  const interval = within(ALPHA)
  const { better, suffix } = scaleOf(objective, limit)
  return {
    figures: {
      ...headOf(objective),
      ...{ better, unit: 'value', suffix: `${suffix}/h`, quantile: null, limit: limit.value },
      ...{ value: found?.perHour ?? null, low: interval?.low ?? null, high: interval?.high ?? null },
      ...{ events: points.length, bad: 0, badRatio: { allowed: 0, value: null, low: null, high: null } },
    },
    kept: interval !== null && isKept(limit, interval),
    broken: (alpha) => {
      const at = within(alpha)
      return at !== null && isBroken(limit, at)
    },
    needs: () =>
      points.length === 0 || found !== null
        ? null
        : { events: 2 * points.length, lengthMs: 2 * lengthOf(windows) },
    refusal: points.length > 0 && found === null ? uncovered || REFUSAL : '',
    note,
  }
}
