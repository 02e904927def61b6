import type { PlannedProbe as ProbeInPlan } from '../../reports/run/index.ts'
import type { PlannedProbe } from './planned-probe.ts'
import { isPlannedProbe } from './probe.ts'

/** What a probe of a plan asks; none when another gauntlet made it, of a kind that is not known here. */
export function asPlanned({ probe }: ProbeInPlan): PlannedProbe[] {
  return isPlannedProbe(probe) ? [probe] : []
}
