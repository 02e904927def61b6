import type { ContainerRules, PlannedExperiment, PlannedFault } from '../../reports/run/index.ts'
import { plannedFault } from '../planning/planned-fault.ts'
import { labelsInWords } from '../radius/blast-radius.ts'
import type { Policy } from './policy.ts'

/** Whether it chooses what it hits only when it begins, among what no target describes. */
export const choosesLate = (fault: PlannedFault): boolean => plannedFault(fault).aimNow !== undefined

/**
 * What of the policy is held when containers are chosen: until then nobody knows which run. Undefined when no fault hits
 * any, or the policy says nothing of them.
 */
export function containerRules(
  experiments: readonly PlannedExperiment[],
  policy: Policy | undefined,
  allowProtected: readonly string[],
): ContainerRules | undefined {
  const { protected: kept = {}, greatestShare = {} } = policy?.spec ?? {}
  const isAllowed = (name: string): boolean => allowProtected.includes(name)
  const names = (kept.containers ?? []).filter((one) => !isAllowed(one))
  const labels = Object.entries(kept.labels ?? {}).filter(
    ([key, value]) => !isAllowed(labelsInWords({ [key]: value })),
  )
  const rules = { names, labels: Object.fromEntries(labels), greatestShare }
  const isEmpty = Object.values(rules).every((one) => Object.keys(one).length === 0)
  const isAsked = experiments.some(({ faults }) => faults.some(choosesLate))
  return isEmpty || !isAsked ? undefined : rules
}
