import type { PhaseWindow, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { measureCensus } from './census.ts'
import { measureComposite } from './composite.ts'
import { fromActualStart, knowsWhenDue, silentSeconds } from './intended-start.ts'
import { measureMean } from './mean.ts'
import type { Measurement } from './measurement.ts'
import { measureShare } from './share.ts'
import { measureTrend } from './trend.ts'

export type { Measurement } from './measurement.ts'

/** Measures an objective in its own phases. */
export function measure(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const measured = inItsOwnWay(objective, record, windows)
  const parts = objective.members?.map((member) => ({ ...objective, ...member })) ?? [objective]
  const own = windows.filter(({ phase }) => objective.phases.includes(phase))
  const [first] = parts
    .filter((part) => !knowsWhenDue(part, record))
    .map((part) => ({ part, silentS: silentSeconds(part, record, own) }))
    .sort((a, b) => b.silentS - a.silentS)
  return first === undefined ? measured : fromActualStart(first.part, measured, first.silentS)
}

function inItsOwnWay(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const own = windows.filter(({ phase }) => objective.phases.includes(phase))
  const { evidence, members, slices, statistic = 'share' } = objective
  if (evidence === 'census') return measureCensus(objective, record)
  if (members !== undefined) return measureComposite({ ...objective, members }, record, own)
  if (statistic === 'mean' || (slices !== undefined && slices.targetRatio === undefined))
    return measureMean(objective, record, own)
  return statistic === 'trend' ? measureTrend(objective, record, own) : measureShare(objective, record, own)
}
