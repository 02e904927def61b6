import { type Static, Type } from 'typebox'
import { AlertConditionSpec } from './alert-condition.ts'
import { AlertNotificationTargetSpec } from './alert-notification-target.ts'
import { closed, Description, head, Metadata, Name, NO_NAME } from './parts.ts'

/** Either by name, or with kind, metadata and spec; ../rules holds it to one of them. */
const Condition = Type.Object(
  {
    conditionRef: Type.Optional(Name),
    kind: Type.Optional(Type.Literal('AlertCondition')),
    metadata: Type.Optional(Metadata),
    spec: Type.Optional(AlertConditionSpec),
  },
  { ...closed, description: 'a map, such as conditionRef: NAME', default: { conditionRef: NO_NAME } },
)
const NotificationTarget = Type.Object(
  {
    targetRef: Type.Optional(Name),
    kind: Type.Optional(Type.Literal('AlertNotificationTarget')),
    metadata: Type.Optional(Metadata),
    spec: Type.Optional(AlertNotificationTargetSpec),
  },
  { ...closed, description: 'a map, such as targetRef: NAME', default: { targetRef: NO_NAME } },
)

export const AlertPolicySpec = Type.Object(
  {
    description: Description,
    alertWhenNoData: Type.Optional(Type.Boolean()),
    alertWhenResolved: Type.Optional(Type.Boolean()),
    alertWhenBreaching: Type.Optional(Type.Boolean()),
    conditions: Type.Array(Condition, { minItems: 1, maxItems: 1, description: 'exactly one condition' }),
    notificationTargets: Type.Array(NotificationTarget, {
      minItems: 1,
      description: 'a list of at least one target',
    }),
  },
  { ...closed, description: 'a map with conditions and notificationTargets' },
)

export const AlertPolicy = Type.Object(
  { ...head, kind: Type.Literal('AlertPolicy'), spec: AlertPolicySpec },
  { ...closed, description: 'Under which condition whom to tell' },
)

export type AlertPolicy = Static<typeof AlertPolicy>
