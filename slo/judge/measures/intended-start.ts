import {
  type Measure,
  type PlannedObjective,
  type RunRecord,
  rateStages,
} from '../../../reports/run/index.ts'
import type { Measurement } from './measurement.ts'

/**
 * Latency from the intended start needs requests that were due (JUDGING, rule 8). In a closed model the next one waits
 * for the one before, and in results of another tool nobody knows: a stall then delays what would have been slow.
 */
export function knowsWhenDue({ total }: PlannedObjective, record: RunRecord): boolean {
  if (total.measure !== 'request' && total.measure !== 'iteration') return true
  const open = record.plan.load.filter((one) => rateStages(one) !== undefined).map(({ name }) => name)
  return scenariosOf(total, record).every((scenario) => open.includes(scenario))
}

/** Those in which such events were seen. */
function scenariosOf({ measure, name, scenario }: Measure, { load }: RunRecord): string[] {
  const seen = new Set<string>()
  for (const { series } of load)
    for (const one of series)
      if (
        one.measure === measure &&
        (name ?? one.name) === one.name &&
        (scenario ?? one.scenario) === one.scenario
      )
        seen.add(one.scenario)
  return [...seen]
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
