import { type Static, Type } from 'typebox'
import { closed, Description, head, text } from './parts.ts'

export const AlertNotificationTargetSpec = Type.Object(
  { description: Description, target: text('how they are told, such as email') },
  { ...closed, description: 'a map with target' },
)

export const AlertNotificationTarget = Type.Object(
  { ...head, kind: Type.Literal('AlertNotificationTarget'), spec: AlertNotificationTargetSpec },
  { ...closed, description: 'Who is told of an alert' },
)

export type AlertNotificationTarget = Static<typeof AlertNotificationTarget>
