import { LOAD_OUTCOMES, nearestHint } from '../../../reports/run/index.ts'
import { GauntletSource, isGauntletSource } from '../gauntlet-source.ts'
import type { SliSpec } from '../open-slo/index.ts'
import type { Place } from './place.ts'

export type Ratio = NonNullable<SliSpec['ratioMetric']>
export type Metric = NonNullable<SliSpec['thresholdMetric']>

/** Where a metric holds what it asks. */
export const SPEC = ['metricSource', 'spec']

/** Outcomes of a fact that have a time limit in their meaning, and those that have none. */
export const TIMED = ['done', 'late']
export const UNTIMED = ['known', 'lost', 'twice']

/** What a metric of our own type asks; undefined for those of others, and for one with a mistake of shape. */
export function readSource(metric: Metric | undefined, place: Place): GauntletSource | undefined {
  if (metric?.metricSource.type !== 'gauntlet') return undefined
  const { spec } = metric.metricSource
  return place.fits(GauntletSource, SPEC, spec) && isGauntletSource(spec) ? spec : undefined
}

const NAME_HINTS: Readonly<Record<string, string>> = {
  metric: 'name: the metric that the journey adds to',
  fact: 'name: a fact of the target, such as orders',
  page: 'name: AUDIT/METRIC, such as home/largest-contentful-paint',
  probe: 'name: PROCESS/VALUE, such as orders/resident-bytes',
}

export function checkNamed({ measure, name }: GauntletSource, place: Place): void {
  const hint = NAME_HINTS[measure]
  if (hint !== undefined && name === undefined) place.say(SPEC, `a ${measure} needs a name`, hint)
}

const outcomesOf = ({ measure }: GauntletSource): readonly string[] =>
  measure === 'fact' ? [...TIMED, ...UNTIMED] : LOAD_OUTCOMES

export const isOutcome = (source: GauntletSource): boolean =>
  source.measure !== 'page' && outcomesOf(source).includes(source.outcome ?? '')

export function checkOutcome(source: GauntletSource, place: Place): void {
  const { measure, outcome } = source
  const path = [...SPEC, 'outcome']
  if (outcome === undefined || isOutcome(source)) return
  if (measure === 'page') place.say(path, 'a page visit has no outcome', 'give within instead')
  else place.say(path, `unknown outcome "${outcome}"`, nearestHint(outcome, outcomesOf(source)))
}

/** A threshold compares the value of every event. */
export function checkThresholdSource(metric: Metric, place: Place): void {
  const source = readSource(metric, place)
  if (source === undefined) return
  const { measure, outcome, within } = source
  checkNamed(source, place)
  if (measure === 'check' || measure === 'fact')
    place.say(
      [...SPEC, 'measure'],
      `a ${measure} has an outcome, and no value to compare`,
      'use ratioMetric, with an outcome in good',
    )
  if (outcome !== undefined)
    place.say(
      [...SPEC, 'outcome'],
      'a threshold takes no outcome',
      'every event is compared, and one without a good answer is bad',
    )
  if (within !== undefined)
    place.say([...SPEC, 'within'], 'a threshold takes no within', 'value in the objective is the limit')
}

/** Its values are ratios already. */
export function checkRawSource(metric: Metric, place: Place): void {
  const source = readSource(metric, place)
  if (source === undefined) return
  checkNamed(source, place)
  if (source.measure !== 'metric' && source.measure !== 'probe')
    place.say(
      [...SPEC, 'measure'],
      `a ${source.measure} is no ratio`,
      'raw takes a metric or a probe whose values are ratios',
    )
}
