import { type Static, Type } from 'typebox'
import { closed, Description, head, Operator, Shorthand, ShorthandOrZero, text } from './parts.ts'

export const AlertConditionSpec = Type.Object(
  {
    description: Description,
    severity: text('how bad it is, such as page'),
    condition: Type.Object(
      {
        kind: Type.Optional(Type.Literal('burnrate')),
        op: Operator,
        threshold: Type.Number({ title: 'number', description: 'a burn rate' }),
        lookbackWindow: Shorthand,
        alertAfter: Type.Optional(ShorthandOrZero),
      },
      { ...closed, description: 'a map with op, threshold and lookbackWindow' },
    ),
  },
  { ...closed, description: 'a map with severity and condition' },
)

export const AlertCondition = Type.Object(
  { ...head, kind: Type.Literal('AlertCondition'), spec: AlertConditionSpec },
  { ...closed, description: 'When an alert is due' },
)

export type AlertCondition = Static<typeof AlertCondition>
