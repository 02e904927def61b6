import { Check } from 'typebox/value'
import type { PlannedProbe as ProbeInPlan } from '../../reports/run/index.ts'
import { PlannedProbe } from './planned-probe.ts'

/** What a probe of a plan asks; none when another gauntlet made it, of a kind that is not known here. */
export function asPlanned({ probe }: ProbeInPlan): PlannedProbe[] {
  return Check(PlannedProbe, probe) ? [probe] : []
}
