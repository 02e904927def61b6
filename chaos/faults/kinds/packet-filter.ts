import type { Target } from '../../../reports/run/index.ts'
import { type Counts, PacketTable, type Rule } from '../../drivers/local/netfilter/index.ts'
import { type FaultOf, percentRatio } from '../../model/manifests/index.ts'
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
import { type PacketLink, packetLinks } from '../packet-links.ts'
import { whereDialled } from '../packet-places.ts'
import { whyNoPackets } from '../packet-refusals.ts'

/** Above this, so many packets of which none was hit are no accident. */
const BY_CHANCE = 1e-6

/** NetworkChaos partition and loss by nftables: packets of a link are dropped in the target's own network namespace. */
export const packetFilter: FaultKind = {
  kind: 'packet-filter',
  read: (manifest) => {
    if (!asksForPackets(manifest) || !isFilter(manifest.spec)) return undefined
    const { spec } = manifest
    const share = shareOf(spec)
    const links = (target: Target, seed: number) => packetLinks(spec, whereDialled, target, seed)
    return {
      words: {
        radius: trafficInWords(spec),
        does: share >= 1 ? 'drops every packet' : `drops ${share * 100} % of the packets`,
        undo: 'our table of nftables is deleted',
        proof: 'the kernel counts the packets that it dropped; after the undo our table is no longer there',
      },
      whyNot: (target, machine) => whyNoPackets((one) => links(one, 0), { target, machine, needs: ['nft'] }),
      aim: (target, seed) =>
        links(target, seed).map((link) => ({
          victim: { kind: 'link', name: link.link.name },
          prepare: (scene) => prepare(link, share, scene),
        })),
    }
  },
}

const shareOf = ({ action, loss }: FaultOf<'NetworkChaos'>['spec']): number =>
  action === 'partition' ? 1 : percentRatio(loss?.loss ?? '0')

async function prepare(
  { namespace, packets }: PacketLink,
  share: number,
  scene: FaultScene,
): Promise<PreparedFault> {
  const table = new PacketTable(namespace, scene.id, scene.context.exec)
  await table.refuseTaken()
  const rules = packets.map((one): Rule => ({ packets: one, act: { drop: share } }))
  return { undo: table.undo, inject: () => drop(table, rules, share, scene) }
}

async function drop(
  table: PacketTable,
  rules: readonly Rule[],
  share: number,
  { context: { clock }, rollbackWithinMs, takeBack }: FaultScene,
): Promise<InjectedFault> {
  const failure = await table.make(rules).catch(String)
  const goneWithin = async (limitMs: number): Promise<UndoProof> => {
    const normal = await holdsWithin(limitMs, async () => !(await table.isThere()), clock)
    return { normal, seen: `the table ${table.name} is ${normal ? 'gone' : 'still there'}` }
  }
  return {
    prove: async (over) => {
      if (failure !== undefined) return { proof: 'unproven', seen: failure }
      const felt = async () => dropped(await table.counts(), share)
      return (
        (await firstWithin(felt, over, clock)) ?? {
          proof: 'unproven',
          seen: 'no packet of the link was seen',
        }
      )
    },
    // also when nft failed: what did not answer in time may have made it
    undo: async () => (await takeBack(table.undo)) ?? `${table.name} was deleted`,
    goneByOthers: () => goneWithin(0),
    proveGone: () => goneWithin(rollbackWithinMs),
  }
}

/** Undefined while it cannot be told. */
export function dropped(counts: Counts | undefined, share: number): EffectProof | undefined {
  if (counts === undefined) return { proof: 'mismatch', seen: 'our table of nftables is no longer there' }
  const { came, hit } = counts
  const seen = `${hit} of ${came} packets were dropped`
  if (hit > 0) return { proof: 'confirmed', seen }
  return (1 - share) ** came < BY_CHANCE ? { proof: 'mismatch', seen } : undefined
}
