import type { SliSpec } from '../open-slo/index.ts'
import { checkRatioSources } from './gauntlet-ratio.ts'
import { checkRawSource, checkThresholdSource, type Metric, type Ratio } from './gauntlet-source.ts'
import type { Place } from './place.ts'

export function checkSli({ thresholdMetric, ratioMetric }: SliSpec, place: Place): void {
  if (thresholdMetric === undefined && ratioMetric === undefined)
    place.say([], 'an indicator needs a metric', 'ratioMetric, or thresholdMetric')
  if (thresholdMetric !== undefined && ratioMetric !== undefined)
    place.say(
      ['thresholdMetric'],
      'thresholdMetric and ratioMetric are both given',
      'keep one of them',
      'key',
    )
  if (thresholdMetric !== undefined) {
    checkSource(thresholdMetric, place.inside(['thresholdMetric']))
    checkThresholdSource(thresholdMetric, place.inside(['thresholdMetric']))
  }
  if (ratioMetric !== undefined) checkRatio(ratioMetric, place.inside(['ratioMetric']))
}

function checkRatio(ratio: Ratio, place: Place): void {
  const { good, bad, total, raw, rawType } = ratio
  if (total !== undefined && raw !== undefined)
    place.say(['raw'], 'raw and total are both given', 'raw is a ratio already: keep one of them', 'key')
  else if (raw !== undefined) checkRaw(ratio, place)
  else if (total === undefined)
    place.say([], 'ratioMetric needs a total', 'total with good or bad, or raw with rawType')
  if (total !== undefined) checkParts(ratio, place)
  if (rawType !== undefined && raw === undefined)
    place.say(['rawType'], 'rawType belongs to raw', 'good or bad say it already', 'key')
  for (const [key, metric] of Object.entries({ good, bad, total, raw }))
    if (metric !== undefined) checkSource(metric, place.inside([key]))
  checkRatioSources(ratio, place)
  if (raw !== undefined) checkRawSource(raw, place.inside(['raw']))
}

function checkRaw({ good, bad, rawType }: Ratio, place: Place): void {
  if (rawType === undefined) place.say(['raw'], 'raw needs a rawType', 'rawType: success, or failure', 'key')
  for (const [key, metric] of Object.entries({ good, bad }))
    if (metric !== undefined)
      place.say([key], `raw and ${key} are both given`, 'raw is a ratio already: keep one of them', 'key')
}

function checkParts({ good, bad }: Ratio, place: Place): void {
  if (good === undefined && bad === undefined)
    place.say([], 'ratioMetric needs either good or bad', 'beside total, give the events that count as good')
  if (good !== undefined && bad !== undefined)
    place.say(
      ['bad'],
      'good and bad are both given',
      'keep one of them: the rest of total is the other',
      'key',
    )
}

function checkSource({ metricSource: { type, metricSourceRef } }: Metric, place: Place): void {
  if (type === undefined && metricSourceRef === undefined)
    place.say(
      ['metricSource'],
      'the metric source has no type',
      'type: gauntlet or Prometheus, or metricSourceRef: NAME of a DataSource',
    )
}
