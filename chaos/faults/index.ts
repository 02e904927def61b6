import type { PlannedExperiment } from '../../reports/run/index.ts'
import type { FaultKind } from './fault-kind.ts'
import { processKill } from './process-kill.ts'
import { processPause } from './process-pause.ts'

export type * from './fault-kind.ts'

/** The built-ins; a new kind is one file and one line here. */
export const FAULT_KINDS: readonly FaultKind[] = [processKill, processPause]

export function faultKind(kind: PlannedExperiment['fault']['kind']): FaultKind {
  return FAULT_KINDS.find((one) => one.kind === kind)!
}
