import type { Target, Undo } from '../../../reports/run/index.ts'
import { type Leaf, leafOf, type Qdisc, ShapedDevice } from '../../drivers/local/netem/index.ts'
import { PacketTable, type Rule } from '../../drivers/local/netfilter/index.ts'
import { trafficInWords } from '../../radius/link-radius.ts'
import type {
  EffectProof,
  FaultKind,
  FaultScene,
  InjectedFault,
  PreparedFault,
  UndoProof,
} from '../fault-kind.ts'
import { firstWithin } from '../first-within.ts'
import { holdsWithin } from '../holds-within.ts'
import { asksForPackets, isFilter } from '../packet-choice.ts'
import { type DeviceLink, deviceLinks } from '../packet-devices.ts'
import { whyNoPackets } from '../packet-refusals.ts'

/** NetworkChaos by tc: packets of a link are delayed, doubled, spoilt or slowed where they leave, by netem or tbf. */
export const packetShaping: FaultKind = {
  kind: 'packet-shaping',
  read: (manifest) => {
    if (!asksForPackets(manifest) || isFilter(manifest.spec)) return undefined
    const { spec } = manifest
    const leaf = leafOf(spec)
    if (leaf === undefined) return undefined
    const links = (target: Target, seed: number) => deviceLinks(spec, target, seed)
    return {
      words: {
        radius: trafficInWords(spec),
        does: `leads its packets through ${leaf.kind} ${leaf.options.join(' ')}`,
        undo: 'our table of nftables and our qdisc of tc are deleted',
        proof: 'the kernel counts the packets that went through it; after the undo both are no longer there',
      },
      whyNot: (target, machine) =>
        whyNoPackets((one) => links(one, 0), { target, machine, needs: ['nft', leaf.kind] }),
      aim: (target, seed) =>
        links(target, seed).map((one) => ({
          victim: { kind: 'link', name: one.link.name },
          prepare: (scene) => prepare(one, leaf, scene),
        })),
    }
  },
}

interface Shaping {
  readonly table: PacketTable
  readonly device: ShapedDevice
  readonly undo: Undo
}

async function prepare(link: DeviceLink, leaf: Leaf, scene: FaultScene): Promise<PreparedFault> {
  const { exec } = scene.context
  const table = new PacketTable(link.namespace, scene.id, exec)
  const device = new ShapedDevice(link, scene.id, exec)
  await table.refuseTaken()
  await device.refuseTaken()
  const does = `take ${leaf.kind} off ${link.device}`
  const undo: Undo = { kind: 'steps', steps: [table.undo, device.undo], does }
  const rules = link.packets.map((packets): Rule => ({ packets, act: { class: device.class } }))
  return {
    undo,
    inject: async () => {
      const make = async () => (await device.make(leaf)) ?? (await table.make(rules))
      return shaped({ table, device, undo }, await make().catch(String), scene)
    },
  }
}

function shaped(
  { table, device, undo }: Shaping,
  failure: string | undefined,
  { context: { clock }, rollbackWithinMs, takeBack }: FaultScene,
): InjectedFault {
  const isGone = async (): Promise<boolean> => !(await table.isThere()) && !(await device.isThere())
  const goneWithin = async (limitMs: number): Promise<UndoProof> => {
    const normal = await holdsWithin(limitMs, isGone, clock)
    return { normal, seen: `our table and our qdisc are ${normal ? 'gone' : 'still there'}` }
  }
  return {
    prove: async (over) => {
      if (failure !== undefined) return { proof: 'unproven', seen: failure }
      const felt = async () => passedThrough(await device.counts())
      const none = { proof: 'unproven', seen: 'too few packets of the link came to be shaped' } as const
      return (await firstWithin(felt, over, clock)) ?? none
    },
    // of a tree that was made in part the rest is taken off too
    undo: async () => (await takeBack(undo)) ?? 'our table and our qdisc were deleted',
    goneByOthers: () => goneWithin(0),
    proveGone: () => goneWithin(rollbackWithinMs),
  }
}

/** Undefined while it cannot be told: a bucket that was never empty held nothing back. */
export function passedThrough(leaf: Qdisc | undefined): EffectProof | undefined {
  if (leaf === undefined) return { proof: 'mismatch', seen: 'our qdisc is no longer there' }
  const { kind, packets = 0, drops = 0, overlimits = 0 } = leaf
  const isFelt = kind === 'tbf' ? drops + overlimits > 0 : drops + packets > 0
  const held = kind === 'tbf' ? ` and ${overlimits} times had to wait` : ''
  const seen = `${packets} packets went through ${kind}${held}, ${drops} were dropped`
  return isFelt ? { proof: 'confirmed', seen } : undefined
}
