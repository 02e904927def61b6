import type { PlannedMember } from '../../../reports/run/index.ts'
import type { ResolvedObjective } from '../resolved.ts'
import { type Counted, countedOf, type Reading } from './counted.ts'

/**
 * The objectives of a composite share one budget: each burns it at its own rate times its weight (OpenSLO, "Composite
 * SLO", Occurrences). None when one of them cannot be judged so.
 */
export function compositeOf(objectives: readonly ResolvedObjective[], reading: Reading): Counted[] {
  const counted = objectives.map((one) => countedOf(one, reading))
  const members = counted.flatMap((one, n) =>
    one === undefined ? [] : [memberOf(one, objectives[n]?.objective.compositeWeight ?? 1)],
  )
  const why = whyNoComposite(counted.filter((one) => one !== undefined))
  if (why !== undefined) reading.refusals.push({ why, hint: 'write an SLO for each of its objectives' })
  const [first] = members
  if (first === undefined || reading.refusals.length > 0) return []
  return [{ total: first.total, targetRatio: weightedTarget(members), members }]
}

function memberOf({ total, good, bad, targetRatio }: Counted, weight: number): PlannedMember {
  return { weight, total, ...(good && { good }), ...(bad && { bad }), targetRatio }
}

function whyNoComposite(counted: readonly Counted[]): string | undefined {
  if (counted.some(({ slices }) => slices !== undefined))
    return 'a composite of slices of time cannot be judged here, only one of Occurrences'
  if (counted.some(({ statistic }) => statistic !== undefined))
    return 'a composite of ratios that were computed elsewhere cannot be judged here'
  if (counted.some(({ total }) => total.measure === 'page' || total.measure === 'fact'))
    return 'a composite of pages or facts cannot be judged here'
  return undefined
}

/** For people: the judge asks each member for its own. */
function weightedTarget(members: readonly PlannedMember[]): number {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0)
  const weighted = members.reduce((sum, { weight, targetRatio }) => sum + weight * targetRatio, 0)
  return Number((weighted / weights).toPrecision(12))
}
