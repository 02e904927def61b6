import type { LoadSecond, LoadSeries, Measure, PlannedObjective } from '../../reports/run/index.ts'
import { bucketOf, middleOf, Sketch } from '../../reports/sketch/index.ts'
import { type Distribution, EMPTY, type Sample } from './sample.ts'
import type { PhaseWindow } from './windows.ts'

/** What the load shows of an objective in these phases. */
export function sampleOfLoad(
  objective: PlannedObjective,
  load: readonly LoadSecond[],
  windows: readonly PhaseWindow[],
): Sample {
  const counted = load
    .filter(({ second }) => windows.some((one) => second >= one.fromSecond && second < one.toSecond))
    .flatMap(({ series }) => series.filter((one) => isCounted(objective.total, one)))
  const total = counted.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return { ...EMPTY, note: `No ${objective.noun} of its kind were seen.` }
  const withinMs = objective.good?.withinMs
  return {
    events: total,
    bad: { most: badOf(objective, counted, 'most'), least: badOf(objective, counted, 'least') },
    times: withinMs === undefined ? null : timesOf(objective, counted, ({ sketch }) => sketch),
    uncorrected:
      withinMs === undefined
        ? null
        : timesOf(objective, counted, ({ sketch, uncorrected }) => uncorrected ?? sketch),
    note: '',
  }
}

/** Dropped and interrupted iterations are in the load as requests that were never answered. */
const isCounted = (measure: Measure, series: LoadSeries): boolean =>
  series.measure === measure.measure &&
  (measure.name === undefined || series.name === measure.name) &&
  (measure.scenario === undefined || series.scenario === measure.scenario) &&
  (measure.outcome === undefined || series.outcome === measure.outcome)

function badOf(
  { good, bad }: PlannedObjective,
  series: readonly LoadSeries[],
  doubt: 'most' | 'least',
): number {
  return series.reduce((sum, one) => {
    if (bad !== undefined) return sum + (isNamed(bad, one) ? one.count : 0)
    if (!isAnswered(good, one)) return sum + one.count
    return good?.withinMs === undefined ? sum : sum + slowerThan(good.withinMs, one, doubt)
  }, 0)
}

/** Bad without an outcome of its own is all that is not ok. */
const isNamed = ({ outcome }: Measure, series: LoadSeries): boolean =>
  outcome === undefined ? series.outcome !== 'ok' : series.outcome === outcome

const isAnswered = (good: Measure | undefined, { outcome }: LoadSeries): boolean =>
  outcome === (good?.outcome ?? 'ok')

/**
 * Counted exactly as the stream flowed; else the bucket in which the limit lies is bad, or good (JUDGING, rule 20).
 * What has no time (a value below zero) was never seen to keep a limit.
 */
function slowerThan(limitMs: number, series: LoadSeries, doubt: 'most' | 'least'): number {
  const sketch = Sketch.decode(series.sketch)
  const untimed = Math.max(0, series.count - sketch.count)
  const exact = series.over[String(limitMs)]
  if (exact !== undefined) return untimed + exact
  const limit = bucketOf(limitMs)
  return [...sketch.buckets()]
    .filter(([index]) => index > limit || (doubt === 'most' && index === limit))
    .reduce((sum, [, count]) => sum + count, untimed)
}

function timesOf(
  { good }: PlannedObjective,
  series: readonly LoadSeries[],
  pick: (series: LoadSeries) => readonly number[],
): Distribution {
  const answered = new Sketch()
  const all = new Sketch()
  let beyond = 0
  for (const one of series) {
    const sketch = Sketch.decode(pick(one))
    all.merge(sketch)
    const isGood = isAnswered(good, one)
    if (isGood) answered.merge(sketch)
    beyond += Math.max(0, one.count - (isGood ? sketch.count : 0))
  }
  return {
    values: [...answered.buckets()].map(([index, count]) => [middleOf(index), count] as const),
    beyond,
    longestMs: all.quantile(1) ?? 0,
  }
}
