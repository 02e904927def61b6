import type { FaultManifest, FaultOf } from '../model/manifests/index.ts'

type NetworkChaos = FaultOf<'NetworkChaos'>

/** In the metadata of a manifest: packets in the target's network namespace, not connections in a proxy. */
const DRIVER = 'gauntlet/driver'

/** A NetworkChaos that asks for packets, by its annotation, a device, or an effect that only packets have. */
export function asksForPackets(manifest: FaultManifest): manifest is NetworkChaos {
  if (manifest.kind !== 'NetworkChaos') return false
  const { device, duplicate, corrupt, delay, bandwidth } = manifest.spec
  const isAsked = manifest.metadata.annotations?.[DRIVER] === 'packets' || device !== undefined
  const isOfPackets = [duplicate, corrupt, delay?.reorder, bandwidth?.peakrate, bandwidth?.minburst]
  return isAsked || isOfPackets.some((one) => one !== undefined)
}

/** What nftables can do alone: drop all, or drop by chance, each packet for itself. */
export function isFilter({ action, loss }: NetworkChaos['spec']): boolean {
  return action === 'partition' || (action === 'loss' && Number(loss?.correlation ?? 0) === 0)
}
