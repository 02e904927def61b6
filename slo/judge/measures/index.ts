import type { PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import type { PhaseWindow } from '../../sources/index.ts'
import { measureCensus } from './census.ts'
import type { Measurement } from './measurement.ts'
import { measureShare } from './share.ts'

export type { Measurement } from './measurement.ts'

/** Measures an objective in its own phases. */
export function measure(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const own = windows.filter(({ phase }) => objective.phases.includes(phase))
  if (objective.evidence === 'census') return measureCensus(objective, record)
  return measureShare(objective, record, own)
}
