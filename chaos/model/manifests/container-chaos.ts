import { type Static, Type } from 'typebox'
import { radius } from '../../radius/selector.ts'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { Size } from './parts/size.ts'

const closed = { additionalProperties: false } as const

const Spec = Type.Object(
  {
    action: Type.Enum(['pause', 'stop', 'kill', 'disconnect', 'limit']),
    ...radius,
    disconnect: Type.Optional(
      Type.Object(
        { networks: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) },
        { ...closed, description: 'left out: from all its networks' },
      ),
    ),
    limit: Type.Optional(
      Type.Object(
        {
          cpus: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'processors, such as 0.5' })),
          memory: Type.Optional(Size),
        },
        { ...closed, minProperties: 1, description: 'cpus, memory or both' },
      ),
    ),
    duration: Type.Optional(GoDuration),
  },
  closed,
)

/** What Docker can do to a container that no pod is. */
export const containerChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'ContainerChaos',
  spec: Spec,
  needs: { limit: ['limit'] },
  oneShot: ['kill'],
  rules: ofOtherActions,
  limits: ofRadius,
})

function ofOtherActions({ action, disconnect, limit }: Static<typeof Spec>): Finding[] {
  return Object.entries({ disconnect, limit })
    .filter(([field, value]) => field !== action && value !== undefined)
    .map(([field]) => ({ path: [field], message: `action ${action} takes no "${field}"` }))
}
