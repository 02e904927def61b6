import type { ComparedBlock, LoadSecond, LoadSeries, PlannedObjective } from '../../../reports/run/index.ts'
import type { Counts } from '../../../slo/judge/statistics/bad-ratio.ts'
import type { Distribution, Sample } from '../../../slo/sources/index.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import {
  type ComparedPairs,
  type FigureOfBlock,
  type OpenFigure,
  pairedFigure,
  shareFigure,
} from './figures.ts'

/**
 * The greatest changes that are no regression (JUDGING, rule 10). One more bad answer in a hundred is what CPU time a
 * request and the latency of good answers can bear: they would look better by about as much.
 */
export const TOLERANCE = { cpu: 0.02, latency: 0.05, answered: 0.01 } as const

/**
 * Half of what there is to lose, as is usual where a new treatment must not be inferior (FDA, "Non-Inferiority Clinical Trials", 2016, IV.B).
 */
const SHARE_OF_ALLOWED = 0.5

type Counted = Pick<PlannedObjective, 'total' | 'good' | 'bad' | 'noun'>

/** Why an objective cannot be compared in blocks of a second; empty when it can. */
export function whyNotCompared({ total, evidence, statistic, members, slices }: PlannedObjective): string {
  if (evidence !== 'sample')
    return `its evidence is a ${evidence === 'census' ? 'census' : 'visit to a page'}`
  if (!['request', 'iteration', 'check', 'metric'].includes(total.measure))
    return `it is about a ${total.measure}`
  if (statistic === 'trend') return 'it is about a trend'
  if (members !== undefined) return 'it is a composite'
  return slices === undefined ? '' : 'it is about slices of time'
}

/** CPU-seconds of the side's processes by the requests answered meanwhile. */
export const cpuOfBlock: FigureOfBlock = ({ cpuSeconds, answered }) =>
  cpuSeconds === null || answered === 0 ? null : { value: cpuSeconds / answered, events: answered }

export const cpuFigure = (pairs: ComparedPairs): OpenFigure =>
  pairedFigure({ what: 'cpu', tolerance: TOLERANCE.cpu }, pairs, cpuOfBlock)

/** Requests that were not answered well, of a journey without requests iterations: they cost little, and no time. */
export const answeredFigure = (pairs: ComparedPairs): OpenFigure =>
  shareFigure({ tolerance: TOLERANCE.answered }, pairs, ({ series }) => countsOf(eventsOf(series)))

/** The requests; when there are none, the iterations. */
export function eventsOf(series: readonly LoadSeries[]): LoadSeries[] {
  const requests = series.filter(({ measure }) => measure === 'request')
  return requests.length > 0 ? requests : series.filter(({ measure }) => measure === 'iteration')
}

/** Whatever has not a good answer is bad. */
export function countsOf(series: readonly LoadSeries[]): Counts {
  const total = (of: readonly LoadSeries[]): number => of.reduce((sum, { count }) => sum + count, 0)
  return { events: total(series), bad: total(series.filter(({ outcome }) => outcome !== 'ok')) }
}

/** What an objective promises about time is compared twice: the usual latency, and the share that is too slow. */
export function figuresOf(objective: PlannedObjective, pairs: ComparedPairs): OpenFigure[] {
  const latency = pairedFigure({ what: 'latency', tolerance: TOLERANCE.latency }, pairs, (block) => {
    const { times } = sampleOf(timedOf(objective), block)
    const value = times === null ? null : middleHalfMs(times)
    return value === null || times === null ? null : { value, events: countOf(times) }
  })
  const tolerance = shareToleranceOf(objective)
  if (tolerance === null) return [latency]
  const share = shareFigure({ tolerance }, pairs, (block) => {
    const { events, bad } = sampleOf(countedOf(objective), block)
    return { events, bad: bad.most }
  })
  return isAboutTime(objective) ? [latency, share] : [share]
}

/**
 * How many more bad ones are no regression; null where none are counted. A mean is one of good answers, so their share
 * is compared beside it; a metric is not answered.
 */
export function shareToleranceOf({ statistic, total, targetRatio }: PlannedObjective): number | null {
  if (statistic !== 'mean') return SHARE_OF_ALLOWED * (1 - targetRatio)
  return total.measure === 'request' || total.measure === 'iteration' ? TOLERANCE.answered : null
}

const isAboutTime = ({ good, total, statistic }: PlannedObjective): boolean =>
  statistic === 'mean' || (good?.withinMs !== undefined && total.measure !== 'check')

function sampleOf(objective: Counted, { series }: ComparedBlock): Sample {
  const load: LoadSecond[] = [{ schema: 'gauntlet/load/1', second: 0, series: [...series] }]
  const window = { phase: 'compared', fromSecond: 0, toSecond: 1, delayed: false, faulted: false }
  return sampleOfLoad(objective, { load }, [window])
}

/** What is bad of it. */
function countedOf({ statistic, total, ...rest }: PlannedObjective): Counted {
  if (statistic !== 'mean') return { total, ...rest }
  return { total, noun: rest.noun, good: { ...total, outcome: 'ok' } }
}

/** A mean has its limit for itself; times are kept for measures that have one. */
function timedOf({ statistic, total, limit, ...rest }: PlannedObjective): Counted {
  if (statistic !== 'mean') return { total, ...rest }
  return { total, noun: rest.noun, ...(limit === undefined ? {} : { good: { ...total, limit } }) }
}

/**
 * exp of the mean logarithm of the middle half of all latencies that had a good answer. A block has some hundred
 * requests: their p95 moves by a third from block to block, because a dozen of them decide it, and the plain mean with
 * each pause; the middle half moves by 2 %, and a build that is slower by 5 % is so there as well. What only the tail
 * feels is found by the share that is too slow. (The midmean of log-latency; Tukey, "Exploratory Data Analysis", 1977.)
 */
export function middleHalfMs({ values }: Pick<Distribution, 'values'>): number | null {
  const count = countOf({ values })
  const [from, to] = [count / 4, (3 * count) / 4]
  let [before, sum] = [0, 0]
  for (const [valueMs, times] of values) {
    const within = Math.min(to, before + times) - Math.max(from, before)
    if (within > 0) sum += within * Math.log(Math.max(valueMs, LEAST_MS))
    before += times
  }
  return count === 0 ? null : Math.exp(sum / (to - from))
}

/** A nanosecond: zero has no logarithm. */
const LEAST_MS = 1e-6

const countOf = ({ values }: Pick<Distribution, 'values'>): number =>
  values.reduce((sum, [, count]) => sum + count, 0)
