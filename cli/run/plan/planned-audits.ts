import type { PlannedAudit, PlannedPhase } from '../../../reports/run/index.ts'
import { toPlannedAudit } from '../../../scenarios/model/index.ts'
import type { Complaints } from './complaints.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** Each once, however many phases ask for it. */
export function plannedAudits(
  phases: readonly PlannedPhase[],
  inputs: PlanInputs,
  complaints: Complaints,
): PlannedAudit[] {
  const planned = phases.flatMap((phase, n) =>
    phase.audits.flatMap((name, m) => {
      const audit = inputs.catalogue.audits.get(name)!
      const { addresses, name: target } = inputs.target
      const one = toPlannedAudit(audit, addresses)
      if (one !== undefined) return [one]
      complaints.add(
        ['spec', 'phases', n, 'audits', m],
        `${target} has no address "${audit.spec.address}"`,
        `it has ${Object.keys(addresses).join(', ')}`,
      )
      return []
    }),
  )
  return [...new Map(planned.map((one) => [one.name, one])).values()]
}
