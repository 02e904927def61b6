import type { PlannedAudit } from '../../../reports/run/index.ts'

/** One page audited in one phase. */
export interface AuditStep {
  readonly audit: PlannedAudit
  readonly phase: string
  /** how long from the start visits may go on: what is left of the phase */
  readonly lengthMs: number
}
