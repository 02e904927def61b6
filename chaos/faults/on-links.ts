import { messageOf, type Target, type TargetLink } from '../../reports/run/index.ts'
import { straightOf, type Toxic, type ToxicEffect } from '../drivers/local/links/index.ts'
import { describedLinks, type LinkPart, someLinks } from '../radius/link-radius.ts'
import type {
  EffectProof,
  Fault,
  FaultScene,
  FaultWords,
  InjectedFault,
  PreparedFault,
} from './fault-kind.ts'
import { type FeltByExchange, feltByExchange } from './felt-by-exchange.ts'
import { firstWithin } from './first-within.ts'
import { holdsWithin } from './holds-within.ts'

/** What is done to each direction of a link, in Toxiproxy's terms, and when that was felt. */
export interface LinkToxic extends Omit<Toxic, 'stream'> {
  readonly does: string
  /** by what it did in all directions so far; undefined: it cannot be told yet */
  felt(
    effects: readonly ToxicEffect[],
    scene: LinkScene,
  ): EffectProof | undefined | Promise<EffectProof | undefined>
}

export interface LinkFault {
  readonly words: Omit<FaultWords, 'undo'>
  links(target: Target, seed: number): readonly LinkPart[]
  readonly toxics: readonly LinkToxic[]
}

export interface LinkScene {
  readonly link: TargetLink
  /** where the proxy listens */
  readonly via: string
}

/** A fault on links: each is led through a proxy, ours or the user's, whose toxics do it, and straight again at the end. */
export function onLinks(fault: LinkFault): Fault {
  const { radius } = fault.words
  const links = (target: Target, seed: number) => someLinks(fault.links(target, seed), radius, target)
  return {
    toxics: fault.toxics,
    words: { ...fault.words, undo: 'the toxics are taken off, and the link goes straight again' },
    whyNot: (target) => {
      if (target.control === undefined)
        return {
          why: `${target.name} offers no control, so its links cannot be led through a proxy`,
          hint: 'describe target.control, as in reports/run/target.schema.json, or use gauntlet proxy by hand',
        }
      return fault.links(target, 0).length > 0
        ? undefined
        : { why: `${target.name} has no link for ${radius}`, hint: describedLinks(target) }
    },
    aim: (target, seed) =>
      links(target, seed).map((part) => ({
        victim: { kind: 'link', name: part.link.name },
        prepare: (scene) => prepare(part, fault, scene),
      })),
  }
}

async function prepare(
  { link, streams }: LinkPart,
  fault: LinkFault,
  scene: FaultScene,
): Promise<PreparedFault> {
  const { id, routes } = scene
  const toxics = fault.toxics.flatMap((toxic) => streams.map((stream) => ({ ...asked(toxic), stream })))
  const via = await routes.prepare(link, id)
  const byUs = (await routes.tells()) ? undefined : await feltByExchange(link, via)
  return {
    undo: await routes.undo(link, id, toxics),
    inject: async () => disturb({ link, via, toxics, fault, byUs }, scene),
    abandon: () => routes.abandon(link, id),
  }
}

/** What the API is told of it. */
const asked = ({ type, toxicity = 1, attributes }: LinkToxic): Omit<Toxic, 'stream'> => ({
  ...{ type, toxicity, attributes },
})

interface Disturbed {
  readonly link: TargetLink
  readonly via: string
  readonly toxics: readonly Toxic[]
  readonly fault: LinkFault
  /** how an exchange of ours feels the toxics of a proxy that does not tell what they did */
  readonly byUs: FeltByExchange | undefined
}

async function disturb(
  { link, via, toxics, fault, byUs }: Disturbed,
  scene: FaultScene,
): Promise<InjectedFault> {
  const { id, routes, context, takeBack, rollbackWithinMs } = scene
  const refused = await routes.disturb(link, id, toxics)
  const felt = async (): Promise<EffectProof | undefined> => {
    const effects = await routes.effects(link, id, toxics)
    if (effects.length < toxics.length)
      return { proof: 'mismatch', seen: 'a toxic is no longer on its proxy' }
    if (byUs !== undefined) return byUs(toxics)
    const directions = toxics.length / fault.toxics.length
    const of = (n: number) => effects.slice(n * directions, (n + 1) * directions)
    return together(await Promise.all(fault.toxics.map((toxic, n) => toxic.felt(of(n), { link, via }))))
  }
  /** what was felt before says nothing of a link that others led straight since */
  const isLedStraight = async (): Promise<boolean> => !(await routes.isLed(link).catch(() => true))
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      const found = await firstWithin(felt, over, context.clock)
      if (found === undefined) return unfelt({ link, toxics, byUs }, scene)
      return found.proof === 'confirmed' && (await isLedStraight())
        ? { proof: 'mismatch', seen: `${link.name} no longer goes through the proxy` }
        : found
    },
    undo: async () => (await routes.settle(link, id, { toxics, takeBack })) ?? `${link.name} was let go`,
    goneByOthers: async () => {
      const on = await routes.on(link, id, toxics)
      return { normal: on === undefined, seen: on ?? `${link.name} goes undisturbed` }
    },
    proveGone: async () => {
      let left: string | undefined = 'nobody could say'
      const isGone = async (): Promise<boolean> => {
        left = await routes.left(link, id, toxics).catch(messageOf)
        return left === undefined
      }
      const normal = await holdsWithin(rollbackWithinMs, isGone, context.clock)
      if (!normal) return { normal, seen: left ?? '' }
      await routes.forget(link)
      return {
        normal,
        seen: `${link.name}: no toxic left, it goes to ${straightOf(link)} again, and nobody through the proxy`,
      }
    },
  }
}

/** All of them, or the first that was another; undefined while one cannot be told. */
function together(proofs: readonly (EffectProof | undefined)[]): EffectProof | undefined {
  const told = proofs.filter((one) => one !== undefined)
  const other = told.find(({ proof }) => proof !== 'confirmed')
  if (other !== undefined) return other
  if (told.length < proofs.length) return undefined
  return { proof: 'confirmed', seen: told.map(({ seen }) => seen).join('; ') }
}

async function unfelt(
  { link, toxics, byUs }: Pick<Disturbed, 'link' | 'toxics' | 'byUs'>,
  { id, routes }: FaultScene,
): Promise<EffectProof> {
  if (byUs !== undefined) return { proof: 'unproven', seen: `no request of ours over ${link.name} felt it` }
  const effects = await routes.effects(link, id, toxics)
  const bytes = effects.reduce((sum, one) => sum + one.receivedBytes, 0)
  const seen =
    bytes === 0
      ? `nothing of ${link.name} came through the proxy: is it dialled, and is the proxy not passed by?`
      : `${bytes} bytes of ${link.name} came through the proxy, and none of them felt it`
  return { proof: 'unproven', seen }
}
