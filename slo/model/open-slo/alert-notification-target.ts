import { type Static, Type } from 'typebox'
import { closed, Description, head, Text } from './parts.ts'

export const AlertNotificationTargetSpec = Type.Object({ description: Description, target: Text }, closed)

export const AlertNotificationTarget = Type.Object(
  { ...head, kind: Type.Literal('AlertNotificationTarget'), spec: AlertNotificationTargetSpec },
  { ...closed, description: 'Who is told of an alert' },
)

export type AlertNotificationTarget = Static<typeof AlertNotificationTarget>
