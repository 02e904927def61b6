import { GauntletError, type Target } from '../../reports/run/index.ts'
import { isLoopback } from '../drivers/local/netfilter/index.ts'
import type { FaultOf } from '../model/manifests/index.ts'
import { type PacketLink, packetLinks } from './packet-links.ts'
import { whereSent } from './packet-places.ts'

/** A link's packets, and the network interface through which they leave. */
export interface DeviceLink extends PacketLink {
  readonly device: string
}

/** Throws a GauntletError that says why they cannot be had. */
export function deviceLinks(
  spec: FaultOf<'NetworkChaos'>['spec'],
  target: Target,
  seed: number,
): readonly DeviceLink[] {
  const all = packetLinks(spec, whereSent, target, seed).map((one) => ({
    ...one,
    device: deviceOf(one, spec.device),
  }))
  const [first] = all
  const second = all.find(
    (one) => one !== first && one.namespace === first?.namespace && one.device === first.device,
  )
  if (second === undefined) return all
  throw new GauntletError(
    'NO_PACKETS',
    `${first?.link.name} and ${second.link.name} leave through one device, ${second.device}, which can be shaped once`,
    { hint: 'select one link, such as by target' },
  )
}

function deviceOf({ link }: PacketLink, given: string | undefined): string {
  if (given !== undefined) return given
  if (isLoopback(link.listen)) return 'lo'
  throw new GauntletError('NO_PACKETS', `through which device ${link.name} leaves is not told`, {
    hint: 'name it by spec.device, such as eth0',
  })
}
