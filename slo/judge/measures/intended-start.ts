import {
  type Measure,
  type PhaseWindow,
  type PlannedObjective,
  type RunRecord,
  rateStages,
} from '../../../reports/run/index.ts'
import { sampleOf } from '../../sources/index.ts'
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

/** At the rate of all its phases so many events are missing from a silence that is more than chance: e⁻¹⁰. */
const MISSED = 10

/** The longest silence of its phases in seconds, where its rate does not explain it; else 0. */
export function silentSeconds(
  { slices: _, ...objective }: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): number {
  const stretches = (sampleOf(objective, record, windows).stretches ?? []).map(({ seconds }) => seconds)
  const all = stretches.flat()
  const ratePerSecond = all.reduce((sum, { events }) => sum + events, 0) / Math.max(1, all.length)
  let longest = 0
  for (const seconds of stretches) {
    let silent = 0
    for (const { events } of seconds) {
      silent = events === 0 ? silent + 1 : 0
      longest = Math.max(longest, silent)
    }
  }
  return longest * ratePerSecond < MISSED ? 0 : longest
}

/**
 * There is then no other figure beside the one from the actual start, and what was kept says so. A target that answers
 * nobody is asked by nobody: what would have been slow in a silence was never sent, so that nothing is kept.
 */
export function fromActualStart(measured: Measurement, silentS: number): Measurement {
  const { figures, kept, note } = measured
  if (silentS > 0 && figures.events > 0) {
    const silence = `For ${silentS} s no ${figures.noun} ended, and when they were due is not known.`
    return {
      ...measured,
      ...{ figures: { ...figures, uncorrected: null }, kept: false },
      ...{ refusal: kept ? silence : measured.refusal, note: `${note} ${silence}`.trim() },
    }
  }
  const said = `When its ${figures.noun} were due is not known: latency counts from their actual start.`
  return {
    ...measured,
    figures: { ...figures, uncorrected: null },
    note: kept ? `${note} ${said}`.trim() : note,
  }
}
