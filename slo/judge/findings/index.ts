import type { FaultVerdict, Finding, RunRecord } from '../../../reports/run/index.ts'
import { outcomeOf } from '../outcome.ts'
import { clockFindings } from './clock.ts'
import { faultFindings } from './faults.ts'
import { generatorFindings } from './generator.ts'
import { iterationFindings } from './iterations.ts'
import { machineFindings } from './machine.ts'
import { streamFindings } from './stream.ts'
import { targetFindings } from './target.ts'
import { unreadableFindings } from './unreadable.ts'

export { taintsOn } from './taints.ts'

/** What spoils the evidence of a run (JUDGING rules 1 and 9). A crashed run decides nothing, so nothing is spoiled. */
export function findingsOf(record: RunRecord, faults: readonly FaultVerdict[]): Finding[] {
  if (outcomeOf(record) === 'crashed') return []
  return [
    ...clockFindings(record),
    ...faultFindings(record, faults),
    ...generatorFindings(record),
    ...iterationFindings(record),
    ...machineFindings(record),
    ...streamFindings(record),
    ...targetFindings(record),
    ...unreadableFindings(record),
  ].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
}
