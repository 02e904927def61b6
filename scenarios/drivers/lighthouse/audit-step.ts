import type { AuditVisit, PlannedAudit } from '../../../reports/run/index.ts'

/** One page audited in one phase. */
export interface AuditStep {
  readonly audit: PlannedAudit
  readonly phase: string
  /** how long from the start visits may go on: its share of the phase */
  readonly lengthMs: number
  /**
   * asked once as many visits have succeeded as are planned, with all of them, those that failed among them; while it
   * says no, more are made, until 20 have succeeded
   */
  readonly decided?: (visits: readonly AuditVisit[]) => boolean
}
