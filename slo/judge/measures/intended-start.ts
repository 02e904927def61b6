import {
  type LoadSecond,
  type Measure,
  type PhaseWindow,
  type PlannedObjective,
  type RunRecord,
  rateStages,
} from '../../../reports/run/index.ts'
import { longestSilence, sampleOf } from '../../sources/index.ts'
import type { Measurement } from './measurement.ts'

/**
 * Latency from the intended start needs requests that were due (JUDGING, rule 8). In a closed model the next one waits
 * for the one before, and in results of another tool nobody knows: a stall then delays what would have been slow.
 */
export function knowsWhenDue({ total }: Pick<PlannedObjective, 'total'>, record: RunRecord): boolean {
  if (!IN_ITERATIONS.includes(total.measure)) return true
  const open = record.plan.load.filter((one) => rateStages(one) !== undefined).map(({ name }) => name)
  return scenariosOf(total, record).every((scenario) => open.includes(scenario))
}

const TIMED: readonly Measure['measure'][] = ['request', 'iteration']
const IN_ITERATIONS: readonly Measure['measure'][] = [...TIMED, 'check', 'metric']

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
  const isAtWork = workOf(scenariosOf(objective.total, record), record)
  const stretches = (sampleOf(objective, record, windows).stretches ?? []).map(({ seconds }, n) =>
    seconds.filter((_, after) => isAtWork(windows[n]!.fromSecond + after)),
  )
  const all = stretches.flat()
  const ratePerSecond = all.reduce((sum, { events }) => sum + events, 0) / Math.max(1, all.length)
  const longest = longestSilence(stretches.map((seconds) => seconds.map(({ events }) => events === 0)))
  return longest * ratePerSecond < MISSED ? 0 : longest
}

/** Whether one of these scenarios has work to do in a second: not before its start, not after its end. */
function workOf(scenarios: readonly string[], { plan, load }: RunRecord): (second: number) => boolean {
  const planned = plan.load.filter(({ name }) => scenarios.includes(name))
  if (planned.length < scenarios.length) return () => true
  const spans = planned.map(({ name, executor }) => {
    if (executor.kind !== 'script') return { from: 0, to: Number.POSITIVE_INFINITY }
    const from = Math.floor(executor.startMs / 1000)
    const isOwn = ({ series }: LoadSecond): boolean => series.some(({ scenario }) => scenario === name)
    const lastSecond = load.findLast(isOwn)?.second ?? from
    const plannedEnd = Math.floor((executor.startMs + executor.durationMs) / 1000)
    return { from, to: executor.countsIterations ? lastSecond + 1 : plannedEnd }
  })
  return (second) => spans.some(({ from, to }) => second >= from && second < to)
}

/**
 * There is then no other figure beside the one from the actual start, and what was kept says so. A target that answers
 * nobody is asked by nobody: what would have been slow in a silence was never sent, so that nothing is kept.
 */
export function fromActualStart(
  { total, noun }: PlannedObjective,
  measured: Measurement,
  silentS: number,
): Measurement {
  const { kept, note } = measured
  const figures = { ...measured.figures, uncorrected: null }
  if (silentS > 0 && figures.events > 0) {
    const silence = `For ${silentS} s no ${noun} ended, and when they were due is not known.`
    return kept
      ? { ...measured, figures, kept: false, refusal: silence }
      : { ...measured, figures, note: `${note} ${silence}`.trim() }
  }
  if (!kept || !TIMED.includes(total.measure)) return { ...measured, figures }
  const said = `When its ${noun} were due is not known: latency counts from their actual start.`
  return { ...measured, figures, note: `${note} ${said}`.trim() }
}
