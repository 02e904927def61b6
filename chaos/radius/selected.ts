import type { Static } from 'typebox'
import type { LinkSelector, Selector } from './selector.ts'

/** A process, link or container, as the target describes it. */
export interface Selectable {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** Whether it fits all that the selector asks and that can be told on one machine; the rest is in `localRefusals`. */
export function isSelected({ name, labels }: Selectable, selector: Static<typeof LinkSelector>): boolean {
  const named = selector.fieldSelectors?.['metadata.name'] ?? name
  return (
    name === named &&
    (selector.links?.includes(name) ?? true) &&
    Object.entries(selector.labelSelectors ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.expressionSelectors ?? []).every((requirement) => fits(labels, requirement))
  )
}

type Requirement = NonNullable<Selector['expressionSelectors']>[number]

/** Kubernetes: NotIn also fits where the label is absent. */
function fits(labels: Selectable['labels'], { key, operator, values = [] }: Requirement): boolean {
  const label = labels[key]
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label)
    case 'NotIn':
      return label === undefined || !values.includes(label)
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return operator satisfies never
  }
}
