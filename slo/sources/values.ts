import type { LoadSeries, PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { middleOf } from '../../reports/sketch/index.ts'
import { secondsOf } from './load.ts'
import { hasValue, type Point, pointsIn } from './read-points.ts'
import type { Sample, Second } from './sample.ts'
import { slicesOf } from './slices.ts'

/** Values of the events of one second, or of one slice of time, added up. */
export interface Sum {
  readonly count: number
  readonly sum: number
}

/** What was measured for a mean in some phases, second by second: a batch never leaves its stretch. */
export interface Values {
  readonly stretches: readonly (readonly Sum[])[]
  /** the same, were all good of which nobody knows how it was; absent when there is no such doubt */
  readonly best?: Values['stretches']
  /** the length of what stands in a stretch as one second */
  readonly atomMs: number
  /** events that never ended: their value is the least that it can have been */
  readonly endless: number
  /** the share of points that were read; 1 of what is no point */
  readonly covered: number
  /** why there are none; empty when there are */
  readonly note: string
}

/** The values of an objective's events; of RatioTimeslices the good ratio of each slice. */
export function valuesOf(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
  slices: Sample | undefined,
): Values {
  const { total, noun } = objective
  if (slices !== undefined && objective.slices !== undefined)
    return ratiosOf(slices, objective.slices.lengthMs)
  if (total.measure === 'probe' || total.measure === 'query') {
    const { stretches: read, stepMs, covered, note } = pointsIn(total, record, windows)
    const stretches = read.map((points) => points.map(sumOfPoint))
    return { stretches, atomMs: stepMs, endless: 0, covered, note: note || emptyNote(stretches, noun) }
  }
  const bySecond = secondsOf(total, record.load)
  const seriesIn = ({ fromSecond, toSecond }: PhaseWindow): LoadSeries[][] =>
    Array.from({ length: toSecond - fromSecond }, (_, n) => bySecond.get(fromSecond + n) ?? [])
  const all = windows.map(seriesIn)
  const stretches = all.map((seconds) => seconds.map(sumOfSeries))
  const endless = all
    .flat(2)
    .filter(({ outcome }) => outcome === 'dropped' || outcome === 'interrupted')
    .reduce((sum, { count }) => sum + count, 0)
  return { stretches, atomMs: 1000, endless, covered: 1, note: emptyNote(stretches, noun) }
}

const emptyNote = (stretches: Values['stretches'], noun: string): string =>
  stretches.flat().some(({ count }) => count > 0) ? '' : `No ${noun} of its kind were seen.`

/** A point without a number is no event of a mean: it has no value. */
const sumOfPoint = (point: Point): Sum =>
  hasValue(point) ? { count: 1, sum: point.value } : { count: 0, sum: 0 }

function sumOfSeries(series: readonly LoadSeries[]): Sum {
  return {
    count: series.reduce((sum, { count }) => sum + count, 0),
    sum: series.reduce((sum, one) => sum + (one.sum ?? sumOfSketch(one)), 0),
  }
}

/** Of older records: the middles of the buckets, to 0.2 %. */
function sumOfSketch({ sketch }: LoadSeries): number {
  let sum = 0
  for (let n = 0; n + 1 < sketch.length; n += 2) sum += middleOf(sketch[n]!) * sketch[n + 1]!
  return sum
}

function ratiosOf(sample: Sample, lengthMs: number): Values {
  const slices = slicesOf(sample, lengthMs).map(({ seconds }) => seconds)
  const ratiosBy = (count: 'bad' | 'least'): Sum[][] =>
    slices.map((own) => own.map((one) => goodRatio(one, count)))
  const stretches = ratiosBy('bad')
  const isEmpty = stretches.flat().every(({ count }) => count === 0)
  const note = isEmpty ? sample.note || 'Its phases are shorter than one slice.' : sample.note
  return { stretches, best: ratiosBy('least'), atomMs: lengthMs, endless: 0, covered: 1, note }
}

const goodRatio = (slice: Second, bad: 'bad' | 'least'): Sum =>
  slice.events === 0 ? { count: 0, sum: 0 } : { count: 1, sum: 1 - slice[bad] / slice.events }
