import { count, duration, latency as inFigures, percent, perSecond } from '../../run/words/words.ts'
import type { PerSecond, Timeline } from '../page-data.ts'
import { scaleFromZero } from './layout.ts'

export interface Line {
  /** said in the read-out */
  readonly name: string
  readonly values: PerSecond
  /** name of its colour token */
  readonly color: string
  readonly width: number
  readonly dash?: readonly number[]
  /** written at its end */
  readonly label?: string
  readonly bars?: true
}

export interface PanelSpec {
  readonly title: string
  readonly about: string
  /** whether the reason of a gap is written into it here */
  readonly namesGaps?: true
  /** how to tell the lines apart where their names have no room */
  readonly key?: string
  readonly heightPx: number
  readonly lines: readonly Line[]
  readonly max: number
  readonly ticks: readonly number[]
  readonly limit?: { readonly at: number; readonly words: string }
  readonly say: (value: number) => string
  /** how the axis says a value, where that is shorter */
  readonly sayTick?: (value: number) => string
  /** why there is no line in it */
  readonly whyEmpty?: string
}

/** Rate, latency and errors, each with one axis of its own that starts at 0. */
export function panelSpecs(timeline: Timeline): PanelSpec[] {
  const withLoad = [rate(timeline), latency(timeline), errors(timeline)]
  return withLoad.map((spec) => (isEmpty(spec) ? { ...spec, whyEmpty: whyEmpty(timeline) } : spec))
}

function isEmpty({ lines }: PanelSpec): boolean {
  return lines.every(({ values }) => values.every((value) => value === null))
}

function whyEmpty({ plannedPerSecond, ratePerSecond, latencyOf }: Timeline): string {
  if (plannedPerSecond === null) return 'no load in this plan'
  const seen = ratePerSecond.some((rate) => rate !== null && rate > 0)
  return seen ? `no data: nothing was seen of ${latencyOf}` : 'no data: no request was seen'
}

function rate({ ratePerSecond, plannedPerSecond }: Timeline): PanelSpec {
  // an iteration may send many requests, or none
  const planned =
    plannedPerSecond === null
      ? ''
      : `; planned: ${perSecond(plannedPerSecond).replace('/s', ' iterations/s')}`
  return {
    title: 'Requests',
    about: `per second${planned}`,
    heightPx: 64,
    lines: [{ name: 'rate', values: ratePerSecond, color: 'ink', width: 1.5 }],
    ...scaleFromZero(largest(ratePerSecond, [plannedPerSecond]), 2),
    say: perSecond,
  }
}

function latency({ latencyOf, p50Ms, p95Ms, p99Ms, limit }: Timeline): PanelSpec {
  return {
    title: 'Latency',
    about: `${latencyOf}, from intended start`,
    key: 'p99 dashed, p95 bold, p50 thin',
    heightPx: 168,
    namesGaps: true,
    lines: [
      { name: 'p50', label: 'p50', values: p50Ms, color: 'p50', width: 1.2 },
      { name: 'p99', label: 'p99', values: p99Ms, color: 'p99', width: 1.1, dash: [3, 2] },
      { name: 'p95', label: 'p95', values: p95Ms, color: 'p95', width: 2.4 },
    ],
    ...scaleFromZero(largest([...p50Ms, ...p95Ms, ...p99Ms], [limit && limit.ms * 1.1]), 4),
    ...(limit && { limit: { at: limit.ms, words: `objective: ${limit.promised}` } }),
    say: inFigures,
    sayTick: seconds,
  }
}

/** `100 s`, where a duration would be `1 min 40 s` and find no room. */
function seconds(ms: number): string {
  return ms < 1000 ? duration(ms) : `${count(ms / 1000)} s`
}

function errors({ errorRatio }: Timeline): PanelSpec {
  return {
    title: 'Errors',
    about: 'share of requests that failed',
    heightPx: 48,
    lines: [{ name: 'errors', values: errorRatio, color: 'bad', width: 0, bars: true }],
    ...scaleFromZero(Math.min(1, largest(errorRatio, [0.01])), 2),
    say: percent,
  }
}

function largest(values: PerSecond, more: readonly (number | null)[]): number {
  return [...values, ...more].reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
}
