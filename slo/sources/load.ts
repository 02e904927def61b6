import type {
  LoadSecond,
  LoadSeries,
  Measure,
  PhaseWindow,
  PlannedObjective,
} from '../../reports/run/index.ts'
import { bucketOf, middleOf } from '../../reports/sketch/index.ts'
import { type Threshold, thresholdOf } from './limit.ts'
import { type Distribution, EMPTY, type Sample, type Second, type Stretch } from './sample.ts'
import { type Loaded, unseenOf } from './unseen.ts'

type Counted = Pick<PlannedObjective, 'total' | 'good' | 'bad' | 'noun'>
type Doubt = 'most' | 'least'

/** What the load shows of an objective in these phases; events that nobody saw may be bad, or good. */
export function sampleOfLoad(objective: Counted, record: Loaded, windows: readonly PhaseWindow[]): Sample {
  const seconds = seriesIn(windows, objective.total, record.load)
  const all = seconds.flat(2)
  const seen = sum(all.map(({ count }) => count))
  if (seen === 0) return { ...EMPTY, note: `No ${objective.noun} of its kind were seen.` }
  const { bySecond, note } = unseenOf(objective.total, record, windows)
  const unseen = sum([...bySecond.values()])
  const limit = thresholdOf(objective.good)
  const stretches = (at: Threshold | undefined): Stretch[] =>
    windows.map(({ phase, faulted, fromSecond }, n) => ({
      ...{ phase, faulted },
      seconds: seconds[n]!.map((series, after) =>
        withUnseen(secondOf(objective, series, at), bySecond.get(fromSecond + after) ?? 0),
      ),
    }))
  const timesBy = (pick: (series: LoadSeries) => readonly number[]): Distribution | null =>
    limit?.greaterIsBad ? withMoreBeyond(timesOf(objective, all, pick), Math.ceil(unseen)) : null
  return {
    events: seen + Math.ceil(unseen),
    bad: {
      most: badOf(objective, all, limit, 'most') + Math.ceil(unseen),
      least: badOf(objective, all, limit, 'least'),
    },
    times: timesBy(({ sketch }) => sketch),
    uncorrected: timesBy(({ sketch, uncorrected }) => uncorrected ?? sketch),
    stretches: stretches(limit),
    atomMs: 1000,
    beyond: limit?.greaterIsBad ? (threshold) => stretches({ threshold, greaterIsBad: true }) : null,
    note,
  }
}

const withUnseen = ({ events, bad, least }: Second, unseen: number): Second => ({
  events: events + unseen,
  bad: bad + unseen,
  least,
})

const withMoreBeyond = (times: Distribution, more: number): Distribution => ({
  ...times,
  beyond: times.beyond + more,
})

/** The series of a measure in each second of each phase. */
export function seriesIn(
  windows: readonly PhaseWindow[],
  total: Measure,
  load: readonly LoadSecond[],
): LoadSeries[][][] {
  const bySecond = secondsOf(total, load)
  return windows.map(({ fromSecond, toSecond }) =>
    Array.from({ length: toSecond - fromSecond }, (_, n) => bySecond.get(fromSecond + n) ?? []),
  )
}

/** Series of this measure by their second; further lines of the same second are added up. */
function secondsOf(total: Measure, load: readonly LoadSecond[]): Map<number, LoadSeries[]> {
  const bySecond = new Map<number, LoadSeries[]>()
  for (const { second, series } of load) {
    const counted = series.filter((one) => isCounted(total, one))
    const known = bySecond.get(second)
    if (known === undefined) bySecond.set(second, counted)
    else known.push(...counted)
  }
  return bySecond
}

/** Dropped and interrupted iterations are in the load as requests that were never answered. */
const isCounted = (measure: Measure, series: LoadSeries): boolean =>
  series.measure === measure.measure &&
  (measure.name === undefined || series.name === measure.name) &&
  (measure.scenario === undefined || series.scenario === measure.scenario) &&
  (measure.outcome === undefined || series.outcome === measure.outcome)

const secondOf = (objective: Counted, series: readonly LoadSeries[], at: Threshold | undefined): Second => ({
  events: sum(series.map(({ count }) => count)),
  bad: badOf(objective, series, at, 'most'),
  least: badOf(objective, series, at, 'least'),
})

function badOf(
  { good, bad }: Counted,
  series: readonly LoadSeries[],
  at: Threshold | undefined,
  doubt: Doubt,
): number {
  return sum(
    series.map((one) => {
      if (bad !== undefined) return isNamed(bad, one) ? one.count : 0
      if (!isAnswered(good, one)) return one.count
      return at === undefined ? 0 : beyondLimit(at, one, doubt)
    }),
  )
}

/** Bad without an outcome of its own is all that is not ok. */
const isNamed = ({ outcome }: Measure, series: LoadSeries): boolean =>
  outcome === undefined ? series.outcome !== 'ok' : series.outcome === outcome

const isAnswered = (good: Measure | undefined, { outcome }: LoadSeries): boolean =>
  outcome === (good?.outcome ?? 'ok')

/** What has no value (one below zero) was never seen to keep a limit, nor to miss it. */
function beyondLimit({ threshold, greaterIsBad }: Threshold, series: LoadSeries, doubt: Doubt): number {
  const valued = sum(series.sketch.filter((_, n) => n % 2 === 1))
  const untimed = Math.max(0, series.count - valued)
  const perhaps = doubt === 'most' ? untimed : 0
  if (greaterIsBad) return perhaps + greaterThan(threshold, series, doubt)
  return perhaps + Math.max(0, valued - greaterThan(threshold, series, doubt === 'most' ? 'least' : 'most'))
}

/** Counted exactly as the stream flowed; else the bucket in which the limit lies is bad, or good (JUDGING, rule 20). */
function greaterThan(threshold: number, { over, sketch }: LoadSeries, doubt: Doubt): number {
  const exact = over[String(threshold)]
  if (exact !== undefined) return exact
  const limit = bucketOf(threshold)
  let greater = 0
  for (let n = 0; n + 1 < sketch.length; n += 2)
    if (sketch[n]! > limit || (doubt === 'most' && sketch[n] === limit)) greater += sketch[n + 1]!
  return greater
}

function timesOf(
  { good }: Counted,
  series: readonly LoadSeries[],
  pick: (series: LoadSeries) => readonly number[],
): Distribution {
  const answered = new Map<number, number>()
  let highest = 0
  let beyond = 0
  for (const one of series) {
    const pairs = pick(one)
    const isGood = isAnswered(good, one)
    let valued = 0
    for (let n = 0; n + 1 < pairs.length; n += 2) {
      const [bucket, count] = [pairs[n]!, pairs[n + 1]!]
      highest = Math.max(highest, bucket)
      valued += count
      if (isGood) answered.set(bucket, (answered.get(bucket) ?? 0) + count)
    }
    beyond += Math.max(0, one.count - (isGood ? valued : 0))
  }
  const buckets = [...answered].sort(([a], [b]) => a - b)
  return {
    values: buckets.map(([bucket, count]) => [middleOf(bucket), count] as const),
    beyond,
    longestMs: middleOf(highest),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
