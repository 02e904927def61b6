import { type Plan, type PlannedObjective, rateStages } from '../../../reports/run/index.ts'
import type { Measurement } from './measurement.ts'

/**
 * Latency from the intended start needs requests that were due (JUDGING, rule 8). In a closed model the next one waits
 * for the one before, and in results of another tool nobody knows: a stall then delays what would have been slow.
 */
export function knowsWhenDue({ total }: PlannedObjective, { load }: Plan): boolean {
  if (total.measure !== 'request' && total.measure !== 'iteration') return true
  const counted = load.filter(({ name }) => total.scenario === undefined || total.scenario === name)
  return load.length > 0 && counted.every((one) => rateStages(one) !== undefined)
}

/** There is then no other figure beside the one from the actual start, and what was kept says so. */
export function fromActualStart(measured: Measurement): Measurement {
  const { figures, kept, note } = measured
  const said = `When its ${figures.noun} were due is not known: latency counts from their actual start.`
  return {
    ...measured,
    figures: { ...figures, uncorrected: null },
    note: kept ? `${note} ${said}`.trim() : note,
  }
}
