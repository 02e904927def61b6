import { GauntletError, messageOf, type Target, type TargetLink } from '../../../reports/run/index.ts'
import type { ResolverRule } from '../../drivers/local/resolver/index.ts'
import { type FaultOf, isSelected } from '../../model/manifests/index.ts'
import { selectorInWords, whyOutOfReach } from '../../radius/blast-radius.ts'
import { describedLinks } from '../../radius/link-radius.ts'
import type {
  EffectProof,
  Fault,
  FaultKind,
  FaultScene,
  InjectedFault,
  PreparedFault,
} from '../fault-kind.ts'
import { firstWithin } from '../first-within.ts'
import { holdsWithin } from '../holds-within.ts'

type Spec = FaultOf<'DNSChaos'>['spec']

const TO_DNS = '→dns'

/**
 * DNSChaos: names that fail, or lead to an address where nobody is. The link on which they are asked is led to a
 * resolver of ours, which passes on what no pattern fits. Whoever shares the link feels it too.
 */
export const dnsChaos: FaultKind = {
  kind: 'dns-chaos',
  read: ({ kind, spec }) => (kind === 'DNSChaos' ? dnsFault(spec) : undefined),
}

function dnsFault(spec: Spec): Fault {
  const { action, patterns = [], selector } = spec
  const rule: ResolverRule = { action, patterns: patterns.length === 0 ? ['*'] : patterns }
  const names = rule.patterns.join(', ')
  return {
    words: {
      radius: `whoever asks for names over the link of the processes ${selectorInWords(selector)}`,
      does: action === 'error' ? `fails the names ${names}` : `gives random addresses for the names ${names}`,
      undo: 'the rule is taken out, and the link goes straight again',
      proof:
        'the resolver counts the questions that it was asked and that it failed; after the undo it has no rule',
    },
    whyNot: (target) => whyOutOfReach(target, spec) ?? whyNoLink(target, spec),
    aim: (target) => {
      const [link] = linksToDns(target, spec)
      if (link === undefined)
        throw new GauntletError('NO_TARGETS', `${target.name} has no link to a name server`, {
          hint: describedLinks(target),
        })
      return [{ victim: { kind: 'link', name: link.name }, prepare: (scene) => prepare(link, rule, scene) }]
    },
  }
}

/** Those of the selected processes; one from something that is no process is shared by all. */
function linksToDns({ links, processes }: Target, { selector }: Spec): TargetLink[] {
  const dialsIt = ({ from }: TargetLink): boolean => {
    const process = processes.find(({ name }) => name === from)
    return process === undefined || isSelected(process, selector)
  }
  return links.filter((link) => link.name.endsWith(TO_DNS) && dialsIt(link))
}

function whyNoLink(target: Target, spec: Spec) {
  const links = linksToDns(target, spec)
  if (links.length === 1) return undefined
  const hint = describedLinks(target)
  return links.length === 0
    ? { why: `${target.name} has no link whose name ends in ${TO_DNS}`, hint }
    : {
        why: `${links.map(({ name }) => name).join(' and ')}: the resolver stands in for one name server`,
        hint,
      }
}

async function prepare(link: TargetLink, rule: ResolverRule, scene: FaultScene): Promise<PreparedFault> {
  const { id, names } = scene
  return {
    undo: await names.undo(link),
    inject: async () => failing(link, await names.add(id, rule, link), scene),
  }
}

/** `refused`: why the rule is not on. */
function failing(link: TargetLink, refused: string | undefined, scene: FaultScene): InjectedFault {
  const { id, names, context, takeBack, rollbackWithinMs } = scene
  const { clock } = context
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      let seen = 'nobody looked'
      const felt = async (): Promise<EffectProof | undefined> => {
        const effect = await names.effect(id)
        if (effect === undefined) return { proof: 'mismatch', seen: 'the rule, or the resolver, is gone' }
        const { asked, failed, forwarded } = effect
        seen = `${asked} questions fitted, ${failed} of them failed; ${forwarded} others were passed on`
        return failed > 0 ? { proof: 'confirmed', seen } : undefined
      }
      return (await firstWithin(felt, over, clock)) ?? { proof: 'unproven', seen }
    },
    undo: async () => (await names.settle(id, link, takeBack)) ?? `names on ${link.name} were let be`,
    goneByOthers: async () => {
      const on = await names.on(id, link)
      return { normal: on === undefined, seen: on ?? `${link.name} goes straight again, or the rule is off` }
    },
    proveGone: async () => {
      let left: string | undefined = 'nobody could say'
      const isGone = async (): Promise<boolean> => {
        left = await names.left(link).catch(messageOf)
        return left === undefined
      }
      const normal = await holdsWithin(rollbackWithinMs, isGone, clock)
      if (normal) await names.forget()
      return { normal, seen: left ?? `nothing of it is left on ${link.name}` }
    },
  }
}
