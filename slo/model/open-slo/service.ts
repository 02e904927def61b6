import { type Static, Type } from 'typebox'
import { closed, Description, head } from './parts.ts'

export const Service = Type.Object(
  {
    ...head,
    kind: Type.Literal('Service'),
    spec: Type.Optional(
      Type.Object(
        { description: Description },
        { ...closed, description: 'a map, such as description: TEXT' },
      ),
    ),
  },
  { ...closed, description: 'What objectives are grouped by' },
)

export type Service = Static<typeof Service>
