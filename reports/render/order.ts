import type { Plan } from '../run/plan.ts'
import type { ObjectiveVerdict } from '../run/verdict.ts'

/** A reader compares two reports: the plan's order stays. What other objectives added comes last. */
export function inPlanOrder(plan: Plan, objectives: readonly ObjectiveVerdict[]): ObjectiveVerdict[] {
  const places = new Map(plan.objectives.map(({ name }, place) => [name, place]))
  const place = ({ name }: ObjectiveVerdict) => places.get(name) ?? places.size
  return objectives.toSorted((a, b) => place(a) - place(b))
}

/** Where the room is short, the broken ones come first; advisory ones last. */
export function brokenFirst(objectives: readonly ObjectiveVerdict[]): ObjectiveVerdict[] {
  const order = ['violated', 'inconclusive', 'met']
  const rank = ({ verdict, advisory }: ObjectiveVerdict) => order.indexOf(verdict) + (advisory ? 3 : 0)
  return objectives.toSorted((a, b) => rank(a) - rank(b))
}
