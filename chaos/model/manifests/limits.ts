import type { Limit } from './limit.ts'

export const CLUSTER = 'a cluster with Chaos Mesh'

/** Of every selector: what narrows the blast radius and is not told by processes, links and containers of a machine. */
function ofSelector(...to: readonly string[]): Limit[] {
  const narrows = (field: string, what: string): Limit => ({
    at: [...to, field],
    why: `${field} narrows what is hit, and ${what}`,
    possibleWith: `${CLUSTER}, or labelSelectors in its place`,
  })
  return [
    narrows('namespaces', 'a machine has no namespaces of Kubernetes'),
    narrows('nodes', 'a machine is one node'),
    narrows('nodeSelectors', 'a machine is one node without labels'),
    narrows('annotationSelectors', 'a target describes no annotations'),
    narrows('pods', 'a machine has no pods in namespaces'),
    {
      at: [...to, 'podPhaseSelectors', '*'],
      but: ['Running'],
      why: 'only what is running is hit on a machine',
      possibleWith: `${CLUSTER}, or podPhaseSelectors: [Running]`,
    },
    {
      at: [...to, 'fieldSelectors', '*'],
      butKeys: ['metadata.name'],
      why: 'of the fields only metadata.name, the name of a process, link or container, means something on a machine',
      possibleWith: `${CLUSTER}, or labelSelectors in its place`,
    },
  ]
}

const remoteCluster: Limit = {
  at: ['remoteCluster'],
  why: 'it is another cluster that is to be hit',
  possibleWith: CLUSTER,
}

/** Of every kind that selects. */
export const ofRadius: readonly Limit[] = [...ofSelector('selector'), remoteCluster]
export const ofTarget: readonly Limit[] = ofSelector('target', 'selector')

/** Of kinds that hit processes: they have no containers within. */
export const ofContainers: Limit = {
  at: ['containerNames'],
  why: 'a process on a machine has no containers in it, so nothing narrower than the process can be hit',
  possibleWith: `${CLUSTER}, or labels that tell the processes apart`,
}
