import type { YamlPath } from '../../../reports/run/index.ts'
import type {
  AlertCondition,
  AlertNotificationTarget,
  AlertPolicy,
  DataSource,
  OpenSlo,
  Service,
  Sli,
  Slo,
  SloSpec,
} from '../open-slo/index.ts'

type Placed<One extends OpenSlo> = Pick<One, 'kind' | 'metadata' | 'spec'> & { readonly at: YamlPath }

/** An object of one of the seven kinds, at the top of a document or inside another one. */
export type Embedded =
  | Placed<Slo>
  | Placed<Sli>
  | Placed<DataSource>
  | Placed<Service>
  | Placed<AlertPolicy>
  | Placed<AlertCondition>
  | Placed<AlertNotificationTarget>

/** An object and all that stand inside it. */
export function embeddedIn(object: OpenSlo): Embedded[] {
  switch (object.kind) {
    case 'SLO':
      return [{ ...object, at: [] }, ...insideSlo(object.spec)]
    case 'AlertPolicy':
      return insidePolicy({ ...object, at: [] })
    default:
      return [{ ...object, at: [] }]
  }
}

function insideSlo({ indicator, objectives, alertPolicies = [] }: SloSpec): Embedded[] {
  const indicators = [
    { indicator, at: ['spec', 'indicator'] },
    ...objectives.map((one, n) => ({ indicator: one.indicator, at: ['spec', 'objectives', n, 'indicator'] })),
  ]
  return [
    ...indicators.flatMap(({ indicator, at }) =>
      indicator === undefined ? [] : [{ ...indicator, kind: 'SLI' as const, at }],
    ),
    ...alertPolicies.flatMap(({ kind, metadata, spec }, n) =>
      kind === undefined || metadata === undefined || spec === undefined
        ? []
        : insidePolicy({ kind, metadata, spec, at: ['spec', 'alertPolicies', n] }),
    ),
  ]
}

function insidePolicy(policy: Placed<AlertPolicy>): Embedded[] {
  const { conditions, notificationTargets } = policy.spec
  return [
    policy,
    ...conditions.flatMap(({ kind, metadata, spec }, n) =>
      kind === undefined || metadata === undefined || spec === undefined
        ? []
        : [{ kind, metadata, spec, at: [...policy.at, 'spec', 'conditions', n] }],
    ),
    ...notificationTargets.flatMap(({ kind, metadata, spec }, n) =>
      kind === undefined || metadata === undefined || spec === undefined
        ? []
        : [{ kind, metadata, spec, at: [...policy.at, 'spec', 'notificationTargets', n] }],
    ),
  ]
}
