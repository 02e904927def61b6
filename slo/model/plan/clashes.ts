import type { PlannedObjective } from '../../../reports/run/index.ts'
import { excludes, implies, regionOf } from './region.ts'

/** Two promises about the same events that are not two promises. */
export interface Clash {
  /** `impossible`: they cannot both be kept; `pointless`: what `first` asks follows from `second` */
  readonly kind: 'impossible' | 'pointless'
  readonly first: PlannedObjective
  readonly second: PlannedObjective
}

/** Every pair that clashes. Only objectives over the same events of the same phases are held against each other. */
export function clashesOf(objectives: readonly PlannedObjective[]): Clash[] {
  return objectives.flatMap((second, n) =>
    objectives.slice(0, n).flatMap((first) => clashOf(first, second) ?? []),
  )
}

function clashOf(first: PlannedObjective, second: PlannedObjective): Clash | undefined {
  const [a, b] = [regionOf(first), regionOf(second)]
  if (a === undefined || b === undefined || eventsOf(first) !== eventsOf(second) || a.of !== b.of)
    return undefined
  // Of slices of time some may be fast and others slow: their share says nothing of which events are in them.
  if (first.slices === undefined && excludes(a, b)) return { kind: 'impossible', first, second }
  if (implies(b, a) && mayStandFor(second, first)) return { kind: 'pointless', first, second }
  if (implies(a, b) && mayStandFor(first, second)) return { kind: 'pointless', first: second, second: first }
  return undefined
}

/** What is counted, where, and how: two objectives of which this differs have nothing to do with each other. */
function eventsOf({ total, phases, evidence, statistic = 'share', slices }: PlannedObjective): string {
  const { measure, name, scenario, source, outcome } = total
  return JSON.stringify([
    [measure, name, scenario, source, outcome].map((one) => one ?? null),
    ...[phases.toSorted(), evidence, statistic, slices],
  ])
}

/** What is only shown stands for nothing that counts. */
const mayStandFor = (one: PlannedObjective, other: PlannedObjective): boolean =>
  !one.advisory || other.advisory
