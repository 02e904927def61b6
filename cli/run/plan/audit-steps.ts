import type { Plan } from '../../../reports/run/index.ts'
import type { AuditStep } from '../../../scenarios/drivers/lighthouse/index.ts'
import { visitsDecide } from './visits-decide.ts'

/** The audits of every phase in their order: one after the other, each with its share of the phase. */
export function auditSteps(plan: Plan): AuditStep[] {
  return plan.phases.flatMap(({ name, durationMs, audits }) =>
    audits.map((asked) => {
      const audit = plan.audits.find((one) => one.name === asked)!
      return { audit, phase: name, lengthMs: durationMs / audits.length, decided: visitsDecide(plan, audit) }
    }),
  )
}
