import type { Target } from '../../reports/run/index.ts'
import type { ToxicEffect } from '../drivers/local/links/index.ts'
import { BadAttributes } from '../drivers/local/proxy/define-toxic.ts'
import { http } from '../drivers/local/proxy/http/http-toxic.ts'
import { selectorInWords, selectSome } from '../model/blast-radius.ts'
import type { LinkPart } from '../model/link-radius.ts'
import { type FaultOf, goDurationMs, isSelected } from '../model/manifests/index.ts'
import type { EffectProof, Fault, FaultKind } from './fault-kind.ts'
import { stalledFor } from './link-effects.ts'
import { onLinks } from './on-links.ts'

type Spec = FaultOf<'HTTPChaos'>['spec']

/** So many messages that matched and were left as they came, and it was not felt. */
const ENOUGH = 20

/**
 * HTTPChaos: what is asked of the selected processes on a port, or what they answer, is refused, delayed or rewritten.
 * Chaos Mesh does it at the server; here it is done on the links that lead to it.
 */
export const httpChaos: FaultKind = {
  kind: 'http-chaos',
  read: ({ kind, spec }) => (kind === 'HTTPChaos' ? httpFault(spec) : undefined),
}

function httpFault(spec: Spec): Fault {
  const attributes = attributesOf(spec)
  const fault = onLinks({
    words: {
      radius: `the links to port ${spec.port} of the processes ${selectorInWords(spec.selector)}`,
      does: doesInWords(spec),
      proof: 'the proxy counts the messages that it hit; after the undo the link goes straight again',
    },
    links: (target, seed) => linksToServers(target, spec, seed),
    toxics: [{ type: http.type, attributes, does: doesInWords(spec), felt: hit(spec) }],
  })
  return { ...fault, whyNot: (...of) => whyRefused(attributes) ?? fault.whyNot(...of) }
}

/** `mode` counts servers, as in Chaos Mesh, of those to which a link leads. One direction is told: the rule knows both. */
function linksToServers(target: Target, spec: Spec, seed: number): LinkPart[] {
  const links = target.links.filter(({ upstream }) => upstream.endsWith(`:${spec.port}`))
  const servers = target.processes.filter(
    (one) => isSelected(one, spec.selector) && links.some(({ to }) => to === one.name),
  )
  const names = selectSome(servers, spec, seed).map(({ name }) => name)
  return links.filter(({ to }) => names.includes(to)).map((link) => ({ link, streams: ['upstream'] }))
}

/** The proxy's rule has the words of Chaos Mesh; only its delay has not all the units of Go. */
function attributesOf(spec: Spec): Readonly<Record<string, unknown>> {
  const { target, path, method, code, request_headers, response_headers, abort, replace, patch } = spec
  const delay = spec.delay && `${goDurationMs(spec.delay) ?? 0}ms`
  const rule = { target, path, method, code, request_headers, response_headers, abort, delay, replace, patch }
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined))
}

/** What the proxy would refuse is refused before anything is touched. */
function whyRefused(attributes: Readonly<Record<string, unknown>>) {
  try {
    http.configure(attributes)
    return undefined
  } catch (error) {
    if (!(error instanceof BadAttributes)) throw error
    return {
      why: `the proxy cannot do what this HTTPChaos asks for: ${error.message}`,
      hint: 'see chaos/drivers/local/proxy/http/README.md',
    }
  }
}

function doesInWords({ target, method, path, abort, delay, replace, patch }: Spec): string {
  const acts = [
    ...(abort === true ? ['breaks off'] : []),
    ...(delay === undefined ? [] : [`holds for ${delay}`]),
    ...(replace === undefined ? [] : [`replaces ${Object.keys(replace).join(', ')} of`]),
    ...(patch === undefined ? [] : [`patches ${Object.keys(patch).join(', ')} of`]),
  ]
  const which = [
    method ?? 'all',
    target === 'Request' ? 'requests' : 'answers',
    ...(path ? [`for ${path}`] : []),
  ]
  return `${acts.join(' and ')} ${which.join(' ')}`
}

/** Messages were hit, and one of them was held so long, if that was asked for. */
const hit =
  ({ delay }: Spec) =>
  (effects: readonly ToxicEffect[]): EffectProof | undefined => {
    const counts = effects.flatMap((one) => one.counts ?? [])
    const sum = (of: 'messages' | 'matched' | 'applied'): number =>
      counts.reduce((total, one) => total + one[of], 0)
    const seen = `${sum('messages')} messages, ${sum('matched')} matched, ${sum('applied')} hit`
    if (sum('applied') === 0) return sum('matched') >= ENOUGH ? { proof: 'mismatch', seen } : undefined
    if (delay === undefined) return { proof: 'confirmed', seen }
    const held = stalledFor(0.95 * (goDurationMs(delay) ?? 0))(effects)
    return held && { ...held, seen: `${seen}; ${held.seen}` }
  }
