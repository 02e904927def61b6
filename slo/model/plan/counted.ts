import {
  type Limit,
  type Measure,
  type PlannedObjective,
  type PlannedSource,
  parseDuration,
} from '../../../reports/run/index.ts'
import { evidenceOf, statisticOf, UNIT } from '../annotations.ts'
import { isGauntletSource, isTime } from '../gauntlet-source.ts'
import type { MetricSource, Objective, SliSpec } from '../open-slo/index.ts'
import type { ResolvedObjective, ResolvedSlo } from '../resolved.ts'
import { shorthandMs } from '../shorthand.ts'
import { readQuery } from './data-source.ts'
import { inOwnUnit } from './own-unit.ts'
import type { Refusal } from './refusal.ts'

/** What an objective asks of which events, before a plan gives it a name and phases. */
export type Counted = Pick<
  PlannedObjective,
  'total' | 'good' | 'bad' | 'targetRatio' | 'statistic' | 'limit' | 'unit' | 'slices' | 'members'
>
type Asked = Pick<Counted, 'targetRatio' | 'slices'>
type Metric = { readonly metricSource: MetricSource }
type Ratio = NonNullable<SliSpec['ratioMetric']>

/** What is found while an SLO is read. */
export interface Reading {
  readonly resolved: ResolvedSlo
  readonly refusals: Refusal[]
  /** by name */
  readonly sources: Map<string, PlannedSource>
}

/** Undefined, and a refusal, when it cannot be judged. */
export function countedOf(one: ResolvedObjective, reading: Reading): Counted | undefined {
  const { indicator, objective, indicatorRef } = one
  const { ratioMetric, thresholdMetric } = indicator ?? {}
  const asked = { targetRatio: targetRatioOf(objective), ...slicesOf(objective, reading.resolved) }
  if (thresholdMetric !== undefined) return ofThreshold(thresholdMetric, { objective, asked }, reading)
  if (ratioMetric?.raw !== undefined) return ofRaw(ratioMetric.raw, { ratio: ratioMetric, asked }, reading)
  if (ratioMetric?.total !== undefined)
    return ofRatio(ratioMetric, { total: ratioMetric.total, asked }, reading)
  const hint = 'write it into a *.slo.yaml of the project'
  reading.refusals.push({ why: `its SLI "${indicatorRef}" was not read`, hint })
  return undefined
}

/** Without the noise of binary fractions: 99.9 % is 0.999. */
const exact = (value: number): number => Number(value.toPrecision(12))

function targetRatioOf({ target, targetPercent = 0 }: Objective): number {
  return target ?? exact(targetPercent / 100)
}

function slicesOf(objective: Objective, { slo }: ResolvedSlo): Pick<Counted, 'slices'> {
  const { timeSliceWindow, timeSliceTarget } = objective
  if (slo.spec.budgetingMethod === 'Occurrences' || timeSliceWindow === undefined) return {}
  const lengthMs = shorthandMs(timeSliceWindow)
  const isGoodOrBad = slo.spec.budgetingMethod === 'Timeslices' && timeSliceTarget !== undefined
  return { slices: { lengthMs, ...(isGoodOrBad && { targetRatio: timeSliceTarget }) } }
}

function ofRatio(
  { good, bad, counter = false }: Ratio,
  { total, asked }: { total: Metric; asked: Asked },
  reading: Reading,
): Counted | undefined {
  const of = (metric: Metric | undefined) => metric && measureOf(metric, reading, counter)
  const measures = { total: of(total), good: of(good), bad: of(bad) }
  const part = measures.good ?? measures.bad
  if (measures.total === undefined || part === undefined) return undefined
  const why = whyNoRatio(part, measures.total, good === undefined ? 'bad' : 'good')
  if (why !== undefined) reading.refusals.push({ why, hint: 'good or bad is a part of total' })
  if (asked.targetRatio === 0 && evidenceOf(reading.resolved.slo.metadata) !== 'census')
    reading.refusals.push(ONLY_MET)
  return {
    total: measures.total,
    ...(measures.good && { good: measures.good }),
    ...(measures.bad && { bad: measures.bad }),
    ...asked,
  }
}

const ONLY_MET: Refusal = { why: 'its target is 0, so it could only be met', hint: 'target: 0.999' }

function whyNoRatio(part: Measure, total: Measure, name: 'good' | 'bad'): string | undefined {
  if ((part.measure === 'query') !== (total.measure === 'query'))
    return `its ${name} and total come from different kinds of source`
  const isSame = part.measure === 'query' && part.name === total.name && part.source === total.source
  if (!isSame) return undefined
  return `its ${name} and total are one query, so it could only be ${name === 'good' ? 'met' : 'violated'}`
}

function ofThreshold(
  metric: Metric,
  { objective: { op, value }, asked }: { objective: Objective; asked: Asked },
  reading: Reading,
): Counted | undefined {
  const total = measureOf(metric, reading)
  if (total === undefined || op === undefined || value === undefined) return undefined
  const { metadata } = reading.resolved.slo
  const statistic = statisticOf(metadata)
  if (statistic === 'share' && asked.targetRatio === 0) reading.refusals.push(ONLY_MET)
  if (statistic === 'share' && total.measure === 'metric' && !isCountable({ op, value }))
    reading.refusals.push({
      why: `its limit ${value} cannot be counted: values of a metric are sorted from 0 up`,
      hint: 'expected a limit above 0; or lte or gt, and 0',
    })
  const unit = metadata.annotations?.[UNIT]
  const limit: Limit = { op, value }
  const inMs = isTime(total, unit)
  const valued = inMs ? { limit } : inOwnUnit(total.name, limit, unit)
  if (statistic !== 'share') return { total, ...asked, statistic, ...valued }
  if (inMs && op === 'lte') return { total, good: { ...total, withinMs: value }, ...asked }
  const { limit: own, ...rest } = valued
  return { total, good: { ...total, limit: own }, ...asked, ...rest }
}

/** Counted is how many values are greater than a threshold, and none below 0 is told from another. */
const isCountable = ({ op, value }: Limit): boolean =>
  value > 0 || (value === 0 && (op === 'lte' || op === 'gt'))

/** A ratio that was computed elsewhere: its mean over the run is held against the target. */
function ofRaw(
  raw: Metric,
  { ratio: { rawType }, asked }: { ratio: Ratio; asked: Asked },
  reading: Reading,
): Counted | undefined {
  const total = measureOf(raw, reading)
  const { targetRatio, slices } = asked
  if (slices?.targetRatio !== undefined)
    reading.refusals.push({
      why: 'a ratio that was computed elsewhere cannot be cut into good and bad slices',
      hint: 'budgetingMethod: Occurrences, or good and total in place of raw',
    })
  if (targetRatio === 0) reading.refusals.push(ONLY_MET)
  const limit: Limit =
    rawType === 'failure' ? { op: 'lte', value: exact(1 - targetRatio) } : { op: 'gte', value: targetRatio }
  return total && { total, targetRatio, statistic: 'mean', limit, unit: '' }
}

function measureOf(
  { metricSource }: Metric,
  { resolved, refusals, sources }: Reading,
  counter = false,
): Measure | undefined {
  if (metricSource.type === 'gauntlet' && isGauntletSource(metricSource.spec)) {
    const { within, ...source } = metricSource.spec
    const withinMs = within === undefined ? undefined : parseDuration(within)
    return withinMs === undefined ? source : { ...source, withinMs }
  }
  const found = readQuery(metricSource, resolved)
  if ('why' in found) {
    refusals.push(found)
    return undefined
  }
  sources.set(found.from.name, found.from)
  return { measure: 'query', name: found.query, source: found.from.name, ...(counter && { counter }) }
}
