import { Type } from 'typebox'
import { containerRadius, remote } from '../../radius/selector.ts'
import { defineKind } from './kind.ts'
import { ofContainers, ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'

export const dnsChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'DNSChaos',
  spec: Type.Object(
    {
      action: Type.Enum(['error', 'random']),
      ...containerRadius,
      ...remote,
      patterns: Type.Optional(
        Type.Array(
          Type.String({
            title: 'pattern',
            pattern: '^[^*\\s]+\\*?$|^\\*$',
            description: 'a name, with ? for one character, and * only at its end',
          }),
          { description: 'names; left out or empty: every name' },
        ),
      ),
      duration: Type.Optional(GoDuration),
    },
    { additionalProperties: false },
  ),
  limits: [...ofRadius, ofContainers],
})
