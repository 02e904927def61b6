import type { Measure, PlannedObjective } from '../../../reports/run/index.ts'

/** All that an objective counts, once each time it is asked for. */
export function measuresOf({ total, good, bad, members = [] }: PlannedObjective): Measure[] {
  return [{ total, good, bad }, ...members]
    .flatMap((one) => [one.total, one.good, one.bad])
    .filter((one) => one !== undefined)
}
