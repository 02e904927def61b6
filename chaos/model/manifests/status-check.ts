import { type Static, Type } from 'typebox'
import { GoDuration } from './parts/duration.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 1 })

/** A check of a workflow; over HTTP is the only way that Chaos Mesh has. */
export const StatusCheck = Type.Object(
  {
    mode: Type.Optional(Type.Enum(['Synchronous', 'Continuous'])),
    type: Type.Optional(Type.Enum(['HTTP'])),
    duration: Type.Optional(GoDuration),
    timeoutSeconds: Type.Optional(Count),
    intervalSeconds: Type.Optional(Count),
    failureThreshold: Type.Optional(Count),
    successThreshold: Type.Optional(Count),
    recordsHistoryLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    http: Type.Object(
      {
        url: Type.String({
          title: 'address',
          pattern: '^https?://',
          description: 'http:// or https:// and a host',
        }),
        method: Type.Optional(Type.Enum(['GET', 'POST'])),
        headers: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
        body: Type.Optional(Type.String()),
        criteria: Type.Object(
          {
            statusCode: Type.String({
              title: 'status code',
              pattern: '^[1-5][0-9]{2}(-[1-5][0-9]{2})?$',
              description: 'text with a code or a range, such as "200" or "200-299"',
            }),
          },
          closed,
        ),
      },
      closed,
    ),
  },
  closed,
)

export type StatusCheck = Static<typeof StatusCheck>
