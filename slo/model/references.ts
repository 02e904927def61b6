import type { YamlPath } from '../../reports/run/index.ts'
import type { Kind, OpenSlo, SliSpec, SloSpec } from './open-slo/index.ts'
import { embeddedIn } from './rules/embedded.ts'

/** A place where an object names another one. */
export interface Reference {
  readonly kind: Kind
  readonly name: string
  readonly path: YamlPath
}

export function referencesIn(object: OpenSlo): Reference[] {
  return embeddedIn(object).flatMap((one) => {
    const at = [...one.at, 'spec']
    switch (one.kind) {
      case 'SLO':
        return ofSlo(one.spec, at)
      case 'SLI':
        return ofSli(one.spec, at)
      case 'AlertPolicy':
        return [
          ...one.spec.conditions.flatMap(({ conditionRef }, n) =>
            named('AlertCondition', conditionRef, [...at, 'conditions', n, 'conditionRef']),
          ),
          ...one.spec.notificationTargets.flatMap(({ targetRef }, n) =>
            named('AlertNotificationTarget', targetRef, [...at, 'notificationTargets', n, 'targetRef']),
          ),
        ]
      default:
        return []
    }
  })
}

const named = (kind: Kind, name: string | undefined, path: YamlPath): Reference[] =>
  name === undefined ? [] : [{ kind, name, path }]

function ofSlo({ indicatorRef, objectives, alertPolicies = [] }: SloSpec, at: YamlPath): Reference[] {
  return [
    ...named('SLI', indicatorRef, [...at, 'indicatorRef']),
    ...objectives.flatMap((one, n) =>
      named('SLI', one.indicatorRef, [...at, 'objectives', n, 'indicatorRef']),
    ),
    ...alertPolicies.flatMap(({ alertPolicyRef }, n) =>
      named('AlertPolicy', alertPolicyRef, [...at, 'alertPolicies', n, 'alertPolicyRef']),
    ),
  ]
}

function ofSli({ thresholdMetric, ratioMetric }: SliSpec, at: YamlPath): Reference[] {
  const { good, bad, total, raw } = ratioMetric ?? {}
  const parts = [
    { metric: thresholdMetric, path: ['thresholdMetric'] },
    ...Object.entries({ good, bad, total, raw }).map(([key, metric]) => ({
      metric,
      path: ['ratioMetric', key],
    })),
  ]
  return parts.flatMap(({ metric, path }) =>
    named('DataSource', metric?.metricSource.metricSourceRef, [
      ...at,
      ...path,
      'metricSource',
      'metricSourceRef',
    ]),
  )
}
