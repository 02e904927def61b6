import {
  type Measure,
  type PhaseWindow,
  type QueryPoints,
  type RunRecord,
  zeroUs,
} from '../../reports/run/index.ts'
import { withGaps } from './gaps.ts'
import type { Point } from './point.ts'

/** What was read of a measure, in time order; why not when nothing was. */
export interface Points {
  readonly points: readonly Point[]
  readonly stepMs: number
  readonly note: string
}

/** The points of each window; those that are missing there have no value. */
export function pointsIn(measure: Measure, record: RunRecord, windows: readonly PhaseWindow[]) {
  const { points, stepMs, note } = pointsOf(measure, record)
  const endMs = 1000 * Math.max(0, ...windows.map(({ toSecond }) => toSecond))
  // What a counter grew by is known only with the next point, and the last may come just before the end.
  const untilMs = measure.counter ? endMs - stepMs : endMs
  const whole = points.length === 0 ? [] : withGaps(points, stepMs, untilMs)
  const stretches = windows.map((window) => within(whole, window))
  return { stretches, stepMs, covered: coveredOf(stretches.flat()), note }
}

/** The share of points that have a value. */
const coveredOf = (points: readonly Point[]): number =>
  points.length === 0 ? 1 : points.filter(hasValue).length / points.length

/** The points of a probe or a query; those of a counter as what it grew by since the point before. */
export function pointsOf(measure: Measure, record: RunRecord): Points {
  const zero = zeroUs(record.journal) ?? 0
  const at = (atUs: number): number => (atUs - zero) / 1000
  if (measure.measure === 'probe') {
    const own = record.probes.filter(({ probe }) => probe === measure.name)
    const points = own.map(({ atUs, value }) => ({ atMs: at(atUs), value }))
    return { points, stepMs: stepOf(points), note: own.length === 0 ? `${measure.name} was not read.` : '' }
  }
  const isOwn = ({ query, source }: QueryPoints): boolean =>
    query === measure.name && source === (measure.source ?? source)
  const answer = record.queries.find(isOwn)
  if (answer === undefined) return { points: [], stepMs: 1000, note: 'The data source was not asked.' }
  if (answer.error !== null)
    return { points: [], stepMs: 1000, note: `The data source gave no answer: ${answer.error}.` }
  const points = answer.points.map(([atUs, value]) => ({ atMs: at(atUs), value }))
  return { points: measure.counter ? growth(points, answer.stepMs) : points, stepMs: answer.stepMs, note: '' }
}

const within = (points: readonly Point[], { fromSecond, toSecond }: PhaseWindow): Point[] =>
  points.filter(({ atMs }) => atMs >= fromSecond * 1000 && atMs < toSecond * 1000)

/**
 * What a counter grew by until the next point. One that fell was started anew; of a sum over several processes nobody
 * knows how much of what is left is new, so nothing is counted there; nor over a hole, in which it may have been both.
 */
function growth(points: readonly Point[], stepMs: number): Point[] {
  return points.slice(1).map(({ atMs, value }, n) => {
    const before = points[n]!
    const isNext = atMs - before.atMs < 1.5 * stepMs
    const isKnown = isNext && value !== null && before.value !== null && value >= before.value
    return { atMs: before.atMs, value: isKnown ? value - before.value : null }
  })
}

export const hasValue = (point: Point): point is Point & { readonly value: number } =>
  point.value !== null && Number.isFinite(point.value)

/** Of most of them: a gap makes it no longer. */
function stepOf(points: readonly Point[]): number {
  const steps = points.slice(1).map(({ atMs }, n) => atMs - points[n]!.atMs)
  const middle = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)]
  return Math.max(1, middle ?? 1000)
}
