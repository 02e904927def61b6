import type { Limit, Measure, PlannedObjective, QueryPoints, RunRecord } from '../../reports/run/index.ts'
import { keepsLimit } from './limit.ts'
import { EMPTY, type Sample, type Second, type Stretch } from './sample.ts'
import { zeroUs } from './second-zero.ts'
import type { PhaseWindow } from './windows.ts'

/** A value that was read now and then: by a probe, or by a data source. */
export interface Point {
  /** from second 0 */
  readonly atMs: number
  /** null: there was nothing to read */
  readonly value: number | null
}

/** What was read of a measure, in time order; why not when nothing was. */
export interface Points {
  readonly points: readonly Point[]
  readonly stepMs: number
  readonly note: string
}

/**
 * Probes and queries as events. With a limit every point is one; of counters what they grew by from point to point,
 * and of other queries for good and total what they say at each point.
 */
export function sampleOfPoints(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Sample {
  const { total, good, bad } = objective
  const read = pointsOf(total, record)
  const other = good ?? bad
  const isRatio = total.measure === 'query' && other !== undefined && other.name !== total.name
  const numerator = isRatio ? pointsOf(other, record) : undefined
  const note = [read.note, numerator?.note ?? ''].find((one) => one !== '') ?? ''
  const eventOf = isRatio
    ? ratioAt(numerator?.points ?? [], bad !== undefined)
    : valueAt(good?.limit ?? bad?.limit, bad !== undefined)
  const stretches = windows.map((window): Stretch => {
    const { phase, faulted } = window
    return { phase, faulted, seconds: within(read.points, window).map(eventOf) }
  })
  const all = stretches.flatMap(({ seconds }) => seconds)
  const events = Math.round(all.reduce((sum, one) => sum + one.events, 0))
  const most = Math.round(all.reduce((sum, one) => sum + one.bad, 0))
  if (events === 0) return { ...EMPTY, note: note || `No ${objective.noun} of its kind were read.` }
  // Where there was nothing to read nobody knows: not kept, and not broken.
  const unknown = isRatio
    ? 0
    : windows.flatMap((window) => within(read.points, window)).filter((one) => !hasValue(one)).length
  return { ...EMPTY, events, bad: { most, least: most - unknown }, stretches, atomMs: read.stepMs, note }
}

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
  return { points: measure.counter ? growth(points) : points, stepMs: answer.stepMs, note: '' }
}

export const within = (points: readonly Point[], { fromSecond, toSecond }: PhaseWindow): Point[] =>
  points.filter(({ atMs }) => atMs >= fromSecond * 1000 && atMs < toSecond * 1000)

/**
 * What a counter grew by until the next point. One that fell was started anew; of a sum over several processes nobody
 * knows how much of what is left is new, so nothing is counted there.
 */
function growth(points: readonly Point[]): Point[] {
  return points.slice(1).map(({ value }, n) => {
    const before = points[n]!
    const isKnown = value !== null && before.value !== null && value >= before.value
    return { atMs: before.atMs, value: isKnown ? value - before.value : null }
  })
}

function valueAt(limit: Limit | undefined, limitIsBad: boolean): (point: Point) => Second {
  return (point) => {
    if (!hasValue(point)) return { events: 1, bad: 1, least: 0 }
    const holds = limit === undefined || keepsLimit(limit, point.value)
    const bad = holds === limitIsBad ? 1 : 0
    return { events: 1, bad, least: bad }
  }
}

const hasValue = (point: Point): point is Point & { readonly value: number } =>
  point.value !== null && Number.isFinite(point.value)

/** A point without a number in both counts nothing; more good than all is as many as all. */
function ratioAt(numerator: readonly Point[], numeratorIsBad: boolean): (point: Point) => Second {
  const byTime = new Map(numerator.map(({ atMs, value }) => [atMs, value]))
  return ({ atMs, value }) => {
    const part = byTime.get(atMs)
    if (!isCount(value) || !isCount(part)) return { events: 0, bad: 0, least: 0 }
    const named = Math.min(part, value)
    const bad = numeratorIsBad ? named : value - named
    return { events: value, bad, least: bad }
  }
}

const isCount = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value) && value >= 0

function stepOf(points: readonly Point[]): number {
  const first = points[0]?.atMs
  const last = points.at(-1)?.atMs
  if (first === undefined || last === undefined || points.length < 2) return 1000
  return Math.max(1, (last - first) / (points.length - 1))
}
