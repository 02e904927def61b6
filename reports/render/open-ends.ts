import type { LoadSeries } from '../run/load.ts'
import { type PhaseWindow, phaseWindows } from '../run/phase-windows.ts'
import type { Measure, PlannedObjective } from '../run/plan.ts'
import type { RunRecord } from '../run/record.ts'
import type { ObjectiveVerdict } from '../run/verdict.ts'

/**
 * The phases in which an objective's quantile lies among requests without a good answer, as `OBJECTIVE PHASE`. Nobody
 * knows how long such an answer would have taken: the figure of that phase is the least that it can be.
 */
export function openEnds(record: RunRecord, objectives: readonly ObjectiveVerdict[]): string[] {
  const windows = phaseWindows(record.plan, record.journal)
  return objectives.flatMap((objective) => {
    const planned = record.plan.objectives.find(({ name }) => name === objective.name)
    if (planned === undefined) return []
    return objective.byPhase
      .filter(({ phase, events }) => {
        const window = windows.find((one) => one.phase === phase)
        return window !== undefined && isOpen(record, { objective, planned, window, events })
      })
      .map(({ phase }) => `${objective.name} ${phase}`)
  })
}

interface Part {
  readonly objective: ObjectiveVerdict
  readonly planned: PlannedObjective
  readonly window: PhaseWindow
  readonly events: number
}

function isOpen({ load }: RunRecord, { objective, planned, window, events }: Part): boolean {
  const { quantile, unit } = objective
  const { total, good } = planned
  if (unit !== 'ms' || quantile === null || events === 0 || total.measure === 'fact') return false
  const series = load
    .filter(({ second }) => second >= window.fromSecond && second < window.toSecond)
    .flatMap((line) => line.series)
    .filter((one) => isOf(total, one) && one.outcome === (good?.outcome ?? 'ok'))
  return Math.ceil(quantile * events - 1e-9) > series.reduce((sum, one) => sum + timed(one), 0)
}

const isOf = ({ measure, name, scenario, outcome }: Measure, series: LoadSeries): boolean =>
  series.measure === measure &&
  [name ?? series.name, scenario ?? series.scenario, outcome ?? series.outcome].join() ===
    [series.name, series.scenario, series.outcome].join()

/** A sketch is pairs of a bucket and its count. */
const timed = ({ sketch }: LoadSeries): number => sketch.reduce((sum, part, n) => sum + (n % 2) * part, 0)
