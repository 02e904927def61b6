import type { PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { sampleOfFacts } from './facts.ts'
import { sampleOfLoad } from './load.ts'
import { sampleOfPages } from './pages.ts'
import { sampleOfPoints } from './points.ts'
import type { Sample } from './sample.ts'
import { sampleOfSlices } from './slices.ts'

export { type PhaseWindow, phaseWindows, zeroUs } from '../../reports/run/index.ts'
export { type CensusCount, censusOfFacts } from './facts.ts'
export { type Threshold, thresholdOf } from './limit.ts'
export { type Distribution, EMPTY, type Sample, type Second, type Stretch, timeAt } from './sample.ts'
export { longestSilence } from './silence.ts'
export { type Series, seriesOf } from './trend.ts'
export { type Values, valuesOf } from './values.ts'

/** Counts the events of an objective in its phases, or in one of them; or slices of time, where those are its events. */
export function sampleOf(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Sample {
  const sample = eventsOf(objective, record, windows)
  const { lengthMs, targetRatio } = objective.slices ?? {}
  return lengthMs === undefined || targetRatio === undefined
    ? sample
    : sampleOfSlices(sample, { lengthMs, targetRatio })
}

function eventsOf(objective: PlannedObjective, record: RunRecord, windows: readonly PhaseWindow[]): Sample {
  const { measure } = objective.total
  switch (measure) {
    case 'request':
    case 'iteration':
    case 'check':
    case 'metric':
      return sampleOfLoad(objective, record, windows)
    case 'fact':
      return sampleOfFacts(objective, record, windows)
    case 'page':
      return sampleOfPages({ ...objective, phases: windows.map(({ phase }) => phase) }, record)
    case 'probe':
    case 'query':
      return sampleOfPoints(objective, record, windows)
    default:
      return measure satisfies never
  }
}

/** Files of the run folder that an objective rests on; a composite on those of all its members. */
export function evidenceOf({ total, members = [] }: PlannedObjective): string[] {
  const measures = new Set([total, ...members.map((member) => member.total)].map(({ measure }) => measure))
  return [...new Set([...measures].flatMap(filesOf))]
}

function filesOf(measure: PlannedObjective['total']['measure']): string[] {
  switch (measure) {
    case 'fact':
      return ['evidence/acks.ndjson', 'evidence/facts.ndjson']
    case 'page':
      return ['evidence/audits.ndjson']
    case 'probe':
      return ['evidence/probes.ndjson']
    case 'query':
      return ['evidence/queries.ndjson']
    default:
      return ['evidence/load.ndjson']
  }
}
