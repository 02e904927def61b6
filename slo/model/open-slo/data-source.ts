import { type Static, Type } from 'typebox'
import { closed, Description, head, text } from './parts.ts'

export const DataSource = Type.Object(
  {
    ...head,
    kind: Type.Literal('DataSource'),
    spec: Type.Object(
      {
        description: Description,
        type: text('the type of source, such as Prometheus'),
        connectionDetails: Type.Unknown({ description: 'how it is reached; anything', default: {} }),
      },
      { ...closed, description: 'a map with type and connectionDetails' },
    ),
  },
  { ...closed, description: 'Where numbers come from, and how to connect to it' },
)

export type DataSource = Static<typeof DataSource>
