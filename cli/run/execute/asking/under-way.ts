import {
  count,
  type LoadSecond,
  type LoadSeries,
  type PhaseWindow,
  type PlannedLoad,
  type PlannedObjective,
  type RunRecord,
  rateStages,
} from '../../../../reports/run/index.ts'

type Counted = Pick<PlannedObjective, 'total'>

export interface WithUnderWay {
  readonly record: RunRecord
  /** in words; empty when all has ended */
  readonly note: string
}

/** An iteration on either edge may be counted in the second beside it. */
const EDGE = 1

/**
 * The record with the iterations that were due in these seconds and have not ended: they may come to nothing, so each
 * counts as many bad events as those that ended made on average. Of a closed model nobody knows what was due.
 */
export function withUnderWay(objective: Counted, window: PhaseWindow, record: RunRecord): WithUnderWay {
  const load = record.load.filter(({ second }) => second >= window.fromSecond && second < window.toSecond)
  const series = load.flatMap((one) => one.series)
  const missing = record.plan.load
    .filter(({ name }) => (objective.total.scenario ?? name) === name)
    .map((one) => ({ scenario: one.name, many: missingOf(one, window, series) }))
    .filter(({ many }) => many > 0)
  if (missing.length === 0) return { record, note: '' }
  const lost = missing.flatMap((one) => interrupted(objective, one, series))
  const line: LoadSecond = { schema: 'gauntlet/load/1', second: window.toSecond - 1, series: lost }
  const all = missing.reduce((sum, { many }) => sum + many, 0)
  return {
    record: { ...record, load: [...record.load, line] },
    note: `${count(all)} iterations of that time were still under way`,
  }
}

function missingOf(
  load: PlannedLoad,
  { fromSecond, toSecond }: PhaseWindow,
  series: readonly LoadSeries[],
): number {
  const due = dueBefore(load, toSecond) - dueBefore(load, fromSecond)
  const ended = countOf(series, ({ measure, scenario }) => measure === 'iteration' && scenario === load.name)
  return Math.max(0, Math.floor(due - ended) - EDGE)
}

/** How many iterations are due from second 0 to this one. */
function dueBefore(load: PlannedLoad, second: number): number {
  const { executor } = load
  let leftMs = second * 1000 - (executor.kind === 'script' ? executor.startMs : 0)
  let due = 0
  for (const { fromPerSecond, toPerSecond, durationMs } of rateStages(load) ?? []) {
    const ms = Math.min(Math.max(0, leftMs), durationMs)
    const reached = fromPerSecond + ((toPerSecond - fromPerSecond) * ms) / Math.max(1, durationMs)
    due += ((fromPerSecond + reached) / 2) * (ms / 1000)
    leftMs -= durationMs
  }
  return due
}

interface Missing {
  readonly scenario: string
  readonly many: number
}

/** As the driver writes down what never ended: the judge knows what checks and metrics these would have made. */
function interrupted(
  { total }: Counted,
  { scenario, many }: Missing,
  series: readonly LoadSeries[],
): LoadSeries[] {
  const lost = { scenario, outcome: 'interrupted' as const, over: {}, sketch: [] }
  const iterations: LoadSeries = { measure: 'iteration', name: scenario, count: many, ...lost }
  if (total.measure !== 'request') return [iterations]
  const own = series.filter((one) => one.scenario === scenario)
  const whole = countOf(own, ({ measure, outcome }) => measure === 'iteration' && outcome === 'ok')
  const made = countOf(own, ({ measure, name }) => measure === 'request' && name === (total.name ?? name))
  const requests = Math.ceil(many * Math.max(1, made / Math.max(1, whole)))
  return [iterations, { measure: 'request', name: total.name ?? scenario, count: requests, ...lost }]
}

const countOf = (series: readonly LoadSeries[], isCounted: (one: LoadSeries) => boolean): number =>
  series.filter(isCounted).reduce((sum, one) => sum + one.count, 0)
