import type { LoadSecond, LoadSeries } from '../run/load.ts'
import type { Measure, Plan, PlannedObjective } from '../run/plan.ts'
import { Sketch } from '../sketch/index.ts'

/** Requests of a stretch of time, by intended start, and the latency of those that are drawn. */
export interface LoadFigures {
  readonly requests: number
  readonly failed: number
  readonly latency: Sketch
}

/** The objective whose latency the timeline draws: the plan's first required one over requests. */
export function drawnObjective(plan: Plan): PlannedObjective | undefined {
  return plan.objectives.find(
    ({ advisory, good, total }) =>
      !advisory && total.measure === 'request' && good?.measure === 'request' && good.withinMs !== undefined,
  )
}

/** Figures of each second that has a line; further lines of the same second are added up. */
export function foldSeconds(load: readonly LoadSecond[], drawn: Measure): Map<number, LoadFigures> {
  const seconds = new Map<number, LoadFigures>()
  for (const { second, series } of load) {
    const soFar = seconds.get(second)
    const here = foldSeries(series, drawn)
    seconds.set(second, soFar === undefined ? here : addUp([soFar, here]))
  }
  return seconds
}

export function addUp(parts: readonly LoadFigures[]): LoadFigures {
  const latency = new Sketch()
  for (const part of parts) latency.merge(part.latency)
  return {
    requests: parts.reduce((sum, part) => sum + part.requests, 0),
    failed: parts.reduce((sum, part) => sum + part.failed, 0),
    latency,
  }
}

export function errorRatio({ requests, failed }: LoadFigures): number | null {
  return requests === 0 ? null : failed / requests
}

function foldSeries(all: readonly LoadSeries[], drawn: Measure): LoadFigures {
  const requests = all.filter((series) => series.measure === 'request')
  const latency = new Sketch()
  for (const series of requests) if (isOf(series, drawn)) latency.merge(Sketch.decode(series.sketch))
  return {
    requests: total(requests),
    failed: total(requests.filter(({ outcome }) => outcome !== 'ok')),
    latency,
  }
}

function isOf(series: LoadSeries, { name, scenario }: Measure): boolean {
  return (name ?? series.name) === series.name && (scenario ?? series.scenario) === series.scenario
}

function total(series: readonly LoadSeries[]): number {
  return series.reduce((sum, { count }) => sum + count, 0)
}
