import type { Limit, PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { counted } from '../../reports/run/words/words.ts'
import { keepsLimit } from './limit.ts'
import type { Point } from './point.ts'
import { hasValue, pointsIn, pointsOf } from './read-points.ts'
import { EMPTY, type Sample, type Second, type Stretch } from './sample.ts'

/**
 * Probes and queries as events. With a limit every point is one; of counters what they grew by from point to point.
 * Other queries for good and total may say at each point what they said at the last (`increase(x[5m])`), so there too a
 * point is one event, as bad as their ratio. Where nothing was read nobody knows: not kept, and not broken.
 */
export function sampleOfPoints(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Sample {
  const { total, good, bad, noun } = objective
  const read = pointsIn(total, record, windows)
  const other = good ?? bad
  const isRatio = total.measure === 'query' && other !== undefined && other.name !== total.name
  const numerator = isRatio ? pointsOf(other, record) : undefined
  const eventsOf = isRatio
    ? ratioOf(numerator?.points ?? [], { isBad: bad !== undefined, isCounter: total.counter === true })
    : limitOf(good?.limit ?? bad?.limit, bad !== undefined)
  const seconds = eventsOf(read.stretches)
  const stretches = windows.map(
    ({ phase, faulted }, n): Stretch => ({ phase, faulted, seconds: seconds[n]! }),
  )
  const all = seconds.flat()
  const sumOf = (key: keyof Second): number => all.reduce((sum, one) => sum + one[key], 0)
  const note = read.note || (numerator?.note ?? '')
  const isKnown = all.some(({ events, bad: most, least }) => events > 0 && most - least < events)
  const events = Math.round(sumOf('events'))
  if (events === 0 || !isKnown) return { ...EMPTY, note: note || `No ${noun} of its kind were read.` }
  const most = Math.max(0, Math.min(events, Math.ceil(sumOf('bad') - ROUNDING)))
  const least = Math.min(most, Math.floor(sumOf('least') + ROUNDING))
  return {
    ...EMPTY,
    events,
    bad: { most, least },
    stretches,
    atomMs: read.stepMs,
    note: note || unreadNote(all),
  }
}

const ROUNDING = 1e-6

function unreadNote(all: readonly Second[]): string {
  const unread = all.filter(({ bad, least }) => least < bad).length
  return unread === 0 ? '' : `${unread} of ${counted(all.length, 'points')} could not be read.`
}

type EventsOf = (stretches: readonly (readonly Point[])[]) => Second[][]

const limitOf =
  (limit: Limit | undefined, limitIsBad: boolean): EventsOf =>
  (stretches) =>
    stretches.map((points) =>
      points.map((point) => {
        if (!hasValue(point)) return { events: 1, bad: 1, least: 0 }
        const holds = limit === undefined || keepsLimit(limit, point.value)
        const bad = holds === limitIsBad ? 1 : 0
        return { events: 1, bad, least: bad }
      }),
    )

interface Numerator {
  readonly isBad: boolean
  readonly isCounter: boolean
}

/** More good than all is as many as all. A point that was not read stands for as many events as the others on average. */
function ratioOf(numerator: readonly Point[], { isBad, isCounter }: Numerator): EventsOf {
  const byTime = new Map(numerator.map(({ atMs, value }) => [atMs, value]))
  const eventsAt = ({ value }: Point): number | undefined =>
    isCount(value) ? (isCounter ? value : Math.min(1, Math.ceil(value))) : undefined
  return (stretches) => {
    const known = stretches.flat().flatMap((point) => eventsAt(point) ?? [])
    const usual = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length)
    const secondOf = (point: Point): Second => {
      const part = byTime.get(point.atMs)
      const events = eventsAt(point) ?? usual
      if (!isCount(point.value) || !isCount(part)) return { events, bad: events, least: 0 }
      const named = point.value === 0 ? 0 : Math.min(1, part / point.value) * events
      const bad = isBad ? named : events - named
      return { events, bad, least: bad }
    }
    return stretches.map((points) => points.map(secondOf))
  }
}

const isCount = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value) && value >= 0
