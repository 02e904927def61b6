import type { Complaint, YamlPath } from '../../../reports/run/index.ts'
import { EVIDENCE, evidenceOf, STATISTIC, statisticOf, UNIT } from '../annotations.ts'
import { gauntletSourceOf, isTime } from '../gauntlet-source.ts'
import type { SliSpec } from '../open-slo/index.ts'
import type { ResolvedObjective, ResolvedSlo } from '../resolved.ts'
import { checkLimit } from './limit.ts'
import { type Place, placeIn } from './place.ts'

/** What shows only when an SLO is read together with its indicators, wherever they stand. */
export function mistakesInPromise(resolved: ResolvedSlo): Complaint[] {
  const place = placeIn(resolved.document, resolved.slo)
  const { objectives, isComposite, slo } = resolved
  for (const [n, one] of objectives.entries()) checkThreshold(one, place.inside(['spec', 'objectives', n]))
  const isThreshold = objectives.some(({ indicator }) => indicator?.thresholdMetric !== undefined)
  if (isThreshold && !isComposite && objectives.length > 1)
    place.say(
      ['spec', 'objectives', 1],
      'a second objective of a thresholdMetric',
      'OpenSLO allows one: write a ratioMetric, or an SLO for each',
    )
  const indicators = new Set(objectives.map((one) => one.indicator).filter((one) => one !== undefined))
  for (const indicator of indicators) {
    checkEvidence(indicator, resolved, place)
    checkStatistic(indicator, resolved, place)
    checkUnit(indicator, place, slo.metadata.annotations?.[UNIT])
  }
  return place.complaints
}

function checkThreshold({ indicator, objective }: ResolvedObjective, place: Place): void {
  if (indicator?.thresholdMetric === undefined) return
  const { op, value } = objective
  if (op === undefined || value === undefined)
    place.say(
      [],
      `a thresholdMetric needs ${op === undefined ? 'an op' : 'a value'}`,
      'what each value is compared with, such as op: lte and value: 300',
    )
  checkLimit(indicator, objective, place)
}

const annotation = (key: string): YamlPath => ['metadata', 'annotations', key]

/** Each kind of evidence has its measures: a listed set has ids, few repeats are page visits, the rest is a sample. */
function checkEvidence(indicator: SliSpec, { slo }: ResolvedSlo, place: Place): void {
  const evidence = evidenceOf(slo.metadata)
  const measure = gauntletSourceOf(indicator)?.measure ?? 'query'
  const path = slo.metadata.annotations?.[EVIDENCE] === undefined ? ['metadata'] : annotation(EVIDENCE)
  if (evidence === 'census' && measure !== 'fact')
    place.say(
      path,
      `a ${measure} cannot be a census`,
      'only acknowledged ids are a listed set: measure: fact',
    )
  if (evidence === 'census' && indicator.ratioMetric?.bad === undefined)
    place.say(path, 'a census says what is bad', 'give bad in place of good, such as outcome: lost')
  if ((evidence === 'repeats') !== (measure === 'page'))
    place.say(
      path,
      `a ${measure} cannot be judged as ${evidence}`,
      'page visits are repeats, and nothing else is: gauntlet/evidence: repeats',
    )
  if (evidence !== 'sample' && slo.spec.budgetingMethod !== 'Occurrences')
    place.say(
      ['spec', 'budgetingMethod'],
      `${evidence} has no slices of time`,
      'budgetingMethod: Occurrences',
    )
}

/** What has a value that a mean, or a growth by the hour, can be taken of. */
const VALUED = {
  mean: ['request', 'iteration', 'metric', 'probe', 'query'],
  trend: ['metric', 'probe', 'query'],
}

function checkStatistic(indicator: SliSpec, { slo, isComposite }: ResolvedSlo, place: Place): void {
  const statistic = statisticOf(slo.metadata)
  if (statistic === 'share') return
  const measure = gauntletSourceOf(indicator)?.measure ?? 'query'
  const path = annotation(STATISTIC)
  if (indicator.thresholdMetric === undefined && (statistic === 'trend' || !indicator.ratioMetric?.raw))
    place.say(
      path,
      `a ${statistic} is taken of values, and ratioMetric gives none`,
      'use thresholdMetric, with op and value in the objective',
    )
  else if (!VALUED[statistic].includes(measure))
    place.say(
      path,
      `a ${measure} has no ${statistic}`,
      `a ${statistic} is of ${VALUED[statistic].join(', ')}`,
    )
  if (isComposite)
    place.say(path, `a composite has no ${statistic}`, 'leave it out: budgets are put together')
  if (slo.spec.budgetingMethod !== 'Occurrences')
    place.say(
      ['spec', 'budgetingMethod'],
      `a ${statistic} has no slices of time`,
      'budgetingMethod: Occurrences',
    )
}

function checkUnit(indicator: SliSpec, place: Place, unit: string | undefined): void {
  if (unit === undefined) return
  const source = gauntletSourceOf(indicator)
  if (indicator.thresholdMetric === undefined)
    place.say(annotation(UNIT), 'a share has no unit', 'it belongs to a thresholdMetric', 'key')
  else if (source !== undefined && isTime(source))
    place.say(
      annotation(UNIT),
      `a ${source.measure} is measured in milliseconds`,
      'leave gauntlet/unit out',
      'key',
    )
}
