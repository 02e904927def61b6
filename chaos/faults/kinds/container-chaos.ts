import { type ContainerAct, disconnect, kill, limit, pause, stop } from '../../drivers/local/docker/index.ts'
import { type FaultOf, sizeBytes } from '../../model/manifests/index.ts'
import type { FaultKind } from '../fault-kind.ts'
import { onContainers } from '../on-containers.ts'

type Spec = FaultOf<'ContainerChaos'>['spec']

/** ContainerChaos: what Docker can do to a container. */
export const containerChaos: FaultKind = {
  kind: 'container-chaos',
  read: ({ kind, spec }) => (kind === 'ContainerChaos' ? onContainers(spec, actOf(spec)) : undefined),
}

function actOf(spec: Spec): ContainerAct {
  switch (spec.action) {
    case 'pause':
      return pause
    case 'kill':
      return kill
    case 'stop':
      return stop
    case 'disconnect':
      return disconnect(spec.disconnect?.networks)
    case 'limit': {
      const { cpus, memory } = spec.limit ?? {}
      const memoryBytes = memory === undefined ? undefined : sizeBytes(memory)
      return limit({ ...(cpus && { cpus }), ...(memoryBytes && { memoryBytes }) })
    }
    default:
      return spec.action satisfies never
  }
}
