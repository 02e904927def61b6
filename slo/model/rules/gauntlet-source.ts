import { LOAD_OUTCOMES, nearestHint } from '../../../reports/run/index.ts'
import { GauntletSource, isGauntletSource } from '../gauntlet-source.ts'
import { mended } from '../mended.ts'
import type { SliSpec } from '../open-slo/index.ts'
import type { Place } from './place.ts'

export type Ratio = NonNullable<SliSpec['ratioMetric']>
export type Metric = NonNullable<SliSpec['thresholdMetric']>

/** Outcomes of a fact that have a time limit in their meaning, and those that have none. */
export const TIMED = ['done', 'late']
export const UNTIMED = ['known', 'lost', 'twice']

/** What a metric of our own type asks, and where it says so. */
export interface Own {
  readonly source: GauntletSource
  readonly place: Place
}

/** Undefined for metrics of other types. */
export function readOwn(metric: Metric | undefined, place: Place): Own | undefined {
  if (metric?.metricSource.type !== 'gauntlet') return undefined
  const { spec } = metric.metricSource
  const there = place.inside(['metricSource', 'spec'])
  if (there.fits(GauntletSource) && isGauntletSource(spec)) return { source: spec, place: there }
  const source = mended(GauntletSource, spec)
  return source && { source, place: there.standingIn(source) }
}

const NAME_HINTS: Readonly<Record<string, string>> = {
  metric: 'name: the metric that the journey adds to',
  fact: 'name: a fact of the target, such as orders',
  page: 'name: AUDIT/METRIC, such as home/largest-contentful-paint',
  probe: 'name: PROCESS/VALUE, such as orders/resident-bytes',
}

export function checkNamed({ source: { measure, name }, place }: Own): void {
  const hint = NAME_HINTS[measure]
  if (hint !== undefined && name === undefined) place.say([], `a ${measure} needs a name`, hint)
}

const outcomesOf = ({ measure }: GauntletSource): readonly string[] =>
  measure === 'fact' ? [...TIMED, ...UNTIMED] : LOAD_OUTCOMES

export const isOutcome = (source: GauntletSource): boolean =>
  source.measure !== 'page' && outcomesOf(source).includes(source.outcome ?? '')

export function checkOutcome({ source, place }: Own): void {
  const { measure, outcome } = source
  const path = ['outcome']
  if (outcome === undefined || isOutcome(source)) return
  if (measure === 'page') place.say(path, 'a page visit has no outcome', 'give within instead')
  else place.say(path, `unknown outcome "${outcome}"`, nearestHint(outcome, outcomesOf(source)))
}

/** A threshold compares the value of every event. */
export function checkThresholdSource(metric: Metric, place: Place): void {
  const own = readOwn(metric, place)
  if (own === undefined) return
  const { measure, outcome, within } = own.source
  checkNamed(own)
  if (measure === 'check' || measure === 'fact')
    own.place.say(
      ['measure'],
      `a ${measure} has an outcome, and no value to compare`,
      'use ratioMetric, with an outcome in good',
    )
  if (outcome !== undefined)
    own.place.say(
      ['outcome'],
      'a threshold takes no outcome',
      'every event is compared, and one without a good answer is bad',
    )
  if (within !== undefined)
    own.place.say(['within'], 'a threshold takes no within', 'value in the objective is the limit')
}

/** Its values are ratios already. */
export function checkRawSource(metric: Metric, place: Place): void {
  const own = readOwn(metric, place)
  if (own === undefined) return
  const { measure } = own.source
  checkNamed(own)
  if (measure !== 'metric' && measure !== 'probe')
    own.place.say(
      ['measure'],
      `a ${measure} is no ratio`,
      'raw takes a metric or a probe whose values are ratios',
    )
}
