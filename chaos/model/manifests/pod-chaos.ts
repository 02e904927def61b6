import { Type } from 'typebox'
import { containerRadius, remote } from '../../radius/selector.ts'
import { defineKind } from './kind.ts'
import { CLUSTER, ofContainers, ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'

export const podChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'PodChaos',
  spec: Type.Object(
    {
      action: Type.Enum(['pod-kill', 'pod-failure', 'container-kill']),
      ...containerRadius,
      ...remote,
      duration: Type.Optional(GoDuration),
      gracePeriod: Type.Optional(
        Type.Integer({ minimum: 0, description: 'whole seconds between asking to end and killing' }),
      ),
    },
    { additionalProperties: false },
  ),
  needs: { 'container-kill': ['containerNames'] },
  oneShot: ['pod-kill', 'container-kill'],
  rules: ({ action, containerNames }) =>
    containerNames !== undefined && action !== 'container-kill'
      ? [{ path: ['containerNames'], message: `action ${action} takes no containerNames` }]
      : [],
  limits: [
    ...ofRadius,
    { ...ofContainers, possibleWith: `${CLUSTER}, or ContainerChaos with labels of the container` },
  ],
})
