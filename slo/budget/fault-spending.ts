import type { BudgetFault } from '../../reports/run/index.ts'
import { each, NOTHING } from './estimates.ts'
import { type FaultRate, MONTH_MS } from './fault-rates.ts'
import { type Incident, incidentCost } from './incident-cost.ts'
import type { FaultCosts } from './simulate.ts'

export interface FaultSpending {
  readonly fault: Omit<BudgetFault, 'breaksPerMonth'>
  /** for the simulation */
  readonly costs: FaultCosts
}

/** What the incidents of one experiment cost in a window, at the rate they are assumed to have. */
export function faultSpending(
  {
    experiment,
    rate,
    windowMs,
  }: { readonly experiment: string; readonly rate: FaultRate; readonly windowMs: number },
  incidents: readonly Incident[],
): FaultSpending {
  const perWindow = (rate.perMonth * windowMs) / MONTH_MS
  const costRatio = incidentCost(incidents)
  const lengthsMs = incidents.flatMap(({ recoverMs }) => recoverMs ?? [])
  return {
    fault: {
      ...{ experiment, ...rate },
      ...{ incidents: incidents.length, open: incidents.filter(({ isOpen }) => isOpen).length },
      longestMs: lengthsMs.length === 0 ? null : lengthsMs.reduce((most, ms) => Math.max(most, ms)),
      costRatio,
      spentRatio: perWindow === 0 ? NOTHING : each(costRatio, (cost) => cost * perWindow),
    },
    costs: { perWindow, costRatios: incidents.map((one) => one.costRatio) },
  }
}

/** How often in 30 days it would use up what the rest leaves; null when it costs nothing, or the rest is not known. */
export function breaksPerMonth(
  { costRatio, spentRatio }: FaultSpending['fault'],
  { spentInAllRatio, windowMs }: { readonly spentInAllRatio: number | null; readonly windowMs: number },
): number | null {
  if (spentInAllRatio === null || costRatio.value === null || costRatio.value === 0) return null
  const leftRatio = Math.max(0, 1 - (spentInAllRatio - (spentRatio.value ?? 0)))
  return ((leftRatio / costRatio.value) * MONTH_MS) / windowMs
}
