import type { PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { sampleOfFacts } from './facts.ts'
import { sampleOfLoad } from './load.ts'
import { sampleOfPages } from './pages.ts'
import type { Sample } from './sample.ts'
import type { PhaseWindow } from './windows.ts'

export { type CensusCount, censusOfFacts } from './facts.ts'
export { type Distribution, type Sample, timeAt } from './sample.ts'
export { zeroUs } from './second-zero.ts'
export { type PhaseWindow, phaseWindows } from './windows.ts'

/** Counts the events of an objective in its phases, or in one of them. */
export function sampleOf(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Sample {
  const { measure } = objective.total
  switch (measure) {
    case 'request':
    case 'iteration':
    case 'check':
    case 'metric':
      return sampleOfLoad(objective, record.load, windows)
    case 'fact':
      return sampleOfFacts(objective, record, windows)
    case 'page':
      return sampleOfPages({ ...objective, phases: windows.map(({ phase }) => phase) }, record)
    case 'probe':
      return {
        events: 0,
        bad: { most: 0, least: 0 },
        times: null,
        uncorrected: null,
        note: 'Probes are not recorded yet.',
      }
    default:
      return measure satisfies never
  }
}

/** Files of the run folder that an objective rests on. */
export function evidenceOf({ total }: PlannedObjective): string[] {
  if (total.measure === 'fact') return ['evidence/acks.ndjson', 'evidence/facts.ndjson']
  return total.measure === 'page' ? ['evidence/audits.ndjson'] : ['evidence/load.ndjson']
}
