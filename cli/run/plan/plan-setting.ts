import type { Machine } from '../../../chaos/index.ts'
import type { Plan, Target } from '../../../reports/run/index.ts'

/** Where and when it would run: of any plan, whatever it holds. */
export interface PlanSetting {
  readonly target: Target
  readonly tools: Plan['tools']
  readonly seed: number
  /** what it has for faults; left out: nobody looked, as nothing asks for it */
  readonly machine?: Machine | undefined
  /** the control address of a Toxiproxy of the user's */
  readonly toxiproxy?: string | undefined
  /** when it would start, ms since 1970 */
  readonly nowMs: number
}
