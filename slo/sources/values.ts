import type {
  LoadSeries,
  Measure,
  PhaseWindow,
  PlannedObjective,
  RunRecord,
} from '../../reports/run/index.ts'
import { middleOf } from '../../reports/sketch/index.ts'
import { seriesIn } from './load.ts'
import type { Point } from './point.ts'
import { hasValue, pointsIn } from './read-points.ts'
import type { Sample, Second } from './sample.ts'
import { slicesOf } from './slices.ts'
import { unseenOf } from './unseen.ts'

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
  /** events that failed, never ended, or were not seen: what stands here of their values is the least that they can be */
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
  const { bySecond, note } = unseenOf(total, record, windows)
  const series = seriesIn(windows, total, record.load)
  const stretches = series.map((seconds) => seconds.map(sumOfSeries))
  const unanswered = series.flat(2).filter((one) => !endedWell(total, one))
  const endless =
    sumOfSeries(unanswered).count + Math.ceil([...bySecond.values()].reduce((all, one) => all + one, 0))
  return { stretches, atomMs: 1000, endless, covered: 1, note: emptyNote(stretches, noun) || note }
}

/** An error is slower than every limit, however fast it came; one that was asked for is what was wanted. */
export const endedWell = (total: Measure, { outcome }: LoadSeries): boolean =>
  total.outcome !== undefined || outcome === 'ok'

const emptyNote = (stretches: Values['stretches'], noun: string): string =>
  stretches.flat().some(({ count }) => count > 0) ? '' : `No ${noun} of its kind were seen.`

/** A point without a number is no event of a mean: it has no value. */
const sumOfPoint = (point: Point): Sum =>
  hasValue(point) ? { count: 1, sum: point.value } : { count: 0, sum: 0 }

/** How many, and what their values add up to. */
export function sumOfSeries(series: readonly LoadSeries[]): Sum {
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
  const slices = slicesOf(sample, lengthMs).map(({ stretch, rest }) => [
    ...stretch.seconds,
    ...(rest.bad === 0 ? [] : [{ ...rest, least: 0 }]),
  ])
  const ratiosBy = (count: 'bad' | 'least'): Sum[][] =>
    slices.map((own) => own.map((one) => goodRatio(one, count)))
  const stretches = ratiosBy('bad')
  const isEmpty = stretches.flat().every(({ count }) => count === 0)
  const note = isEmpty ? sample.note || 'Its phases are shorter than one slice.' : sample.note
  return { stretches, best: ratiosBy('least'), atomMs: lengthMs, endless: 0, covered: 1, note }
}

const goodRatio = (slice: Second, bad: 'bad' | 'least'): Sum =>
  slice.events === 0 ? { count: 0, sum: 0 } : { count: 1, sum: 1 - slice[bad] / slice.events }
