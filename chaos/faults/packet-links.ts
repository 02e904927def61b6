import { GauntletError, type Target, type TargetLink } from '../../reports/run/index.ts'
import {
  endpointOf,
  isMachinesOwn,
  meet,
  namespaceOf,
  type Packets,
} from '../drivers/local/netfilter/index.ts'
import type { FaultOf } from '../model/manifests/index.ts'
import { linksOfTraffic, someLinks, trafficInWords } from '../radius/link-radius.ts'
import type { Place, PlaceOf } from './packet-places.ts'

type Spec = FaultOf<'NetworkChaos'>['spec']

/** A link's packets, and the network namespace in which they are met. */
export interface PacketLink {
  readonly link: TargetLink
  readonly namespace: number
  readonly packets: readonly Packets[]
}

/** The links of a manifest as packets; throws a GauntletError that says why they cannot be had. */
export function packetLinks(
  spec: Spec,
  placeOf: PlaceOf,
  target: Target,
  seed: number,
): readonly PacketLink[] {
  const parts = someLinks(linksOfTraffic(target, spec, seed), trafficInWords(spec), target)
  return parts.map(({ link, streams }) => {
    const places = streams.map((stream) => placeOf(link, stream))
    const [namespace, ...others] = new Set(places.map(({ process }) => ownNamespaceOf(process, target)))
    if (namespace === undefined || others.length > 0)
      throw refused(`the ends of ${link.name} are in two network namespaces`, 'hit one direction at a time')
    const packets = places.map((place) => packetsOf(place, spec.device))
    const alike = target.links.find(
      (one) => one.name !== link.name && streams.some((stream) => isAlike(placeOf(one, stream))),
    )
    if (alike !== undefined)
      throw refused(
        `${link.name} and ${alike.name} are dialled at one address in one network namespace, so their packets look alike`,
      )
    return { link, namespace, packets }

    /** A packet does not tell by which link it goes. */
    function isAlike(place: Place): boolean {
      const pid = pidOf(place.process, target)
      const isSeen = pid !== undefined && namespaceOf(pid) === namespace
      const endpoint = isSeen ? endpointOf(place.address) : undefined
      return endpoint !== undefined && packets.some((one) => meet(one, { ...place.packets, ...endpoint }))
    }
  })
}

function packetsOf({ address, packets }: Place, device?: string): Packets {
  const endpoint = endpointOf(address)
  if (endpoint === undefined)
    throw refused(`the address ${address} names no port, by which packets are known`)
  return { ...packets, ...endpoint, ...(device === undefined ? {} : { device }) }
}

const pidOf = (process: string, target: Target): number | undefined =>
  target.processes.find(({ name }) => name === process)?.pid

/** Of this process, and not the machine's. */
function ownNamespaceOf(process: string, target: Target): number {
  const pid = pidOf(process, target)
  if (pid === undefined)
    throw refused(`${target.name} tells no pid of ${process}, by which its network would be found`)
  const inode = namespaceOf(pid)
  if (inode === undefined)
    throw refused(`the network namespace of ${process} (pid ${pid}) cannot be seen`, 'run as root')
  if (!isMachinesOwn(inode)) return inode
  throw refused(
    `${process} (pid ${pid}) is in the machine's own network namespace, through which everybody's packets go`,
    `start the target in a network namespace of its own (ip netns exec, a container), or ${BY_PROXY}`,
  )
}

const BY_PROXY = 'let a proxy do it: leave out device and gauntlet/driver'

const refused = (why: string, hint = BY_PROXY): GauntletError =>
  new GauntletError('NO_PACKETS', why, { hint })
