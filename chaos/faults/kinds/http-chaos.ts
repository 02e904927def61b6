import type { Target } from '../../../reports/run/index.ts'
import { BadAttributes } from '../../drivers/local/proxy/define-toxic.ts'
import { http } from '../../drivers/local/proxy/http/http-toxic.ts'
import { type FaultOf, goDurationMs, isSelected } from '../../model/manifests/index.ts'
import { selectorInWords, selectSome } from '../../radius/blast-radius.ts'
import type { LinkPart } from '../../radius/link-radius.ts'
import type { Fault, FaultKind } from '../fault-kind.ts'
import { messagesHit } from '../messages-hit.ts'
import { onLinks } from '../on-links.ts'

type Spec = FaultOf<'HTTPChaos'>['spec']

/** In the metadata of a manifest: which share of the messages that fit is hit, 0–1. */
const SHARE = 'gauntlet/share'

/**
 * HTTPChaos: what is asked of the selected processes on a port, or what they answer, is refused, delayed or rewritten.
 * Chaos Mesh does it at the server; here it is done on the links that lead to it.
 */
export const httpChaos: FaultKind = {
  kind: 'http-chaos',
  read: (manifest) => (manifest.kind === 'HTTPChaos' ? httpFault(manifest) : undefined),
}

function httpFault({ spec, metadata }: FaultOf<'HTTPChaos'>): Fault {
  const shareRatio = Number(metadata.annotations?.[SHARE] ?? 1)
  const does = doesInWords(spec, shareRatio)
  const drawnBy = (seed: number): Fault =>
    onLinks({
      words: {
        radius: `the links to port ${spec.port} of the processes ${selectorInWords(spec.selector)}`,
        does,
        proof: 'the proxy counts the messages that it hit; after the undo the link goes straight again',
      },
      links: (target, seed) => linksToServers(target, spec, seed),
      toxics: [
        {
          type: http.type,
          attributes: attributesOf(spec, { shareRatio, seed }),
          does,
          felt: messagesHit({ shareRatio, delayMs: goDurationMs(spec.delay ?? '0') ?? 0 }),
        },
      ],
    })
  const fault = drawnBy(0)
  return {
    ...fault,
    whyNot: (...of) => whyRefused(attributesOf(spec, { shareRatio, seed: 0 })) ?? fault.whyNot(...of),
    aim: (target, seed) => drawnBy(seed).aim(target, seed),
  }
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
function attributesOf(
  spec: Spec,
  { shareRatio, seed }: { readonly shareRatio: number; readonly seed: number },
): Readonly<Record<string, unknown>> {
  const { target, path, method, code, request_headers, response_headers, abort, replace, patch } = spec
  const delay = spec.delay && `${goDurationMs(spec.delay) ?? 0}ms`
  const rule = { target, path, method, code, request_headers, response_headers, abort, delay, replace, patch }
  const draw = shareRatio === 1 ? {} : { share: shareRatio, seed }
  return Object.fromEntries(Object.entries({ ...rule, ...draw }).filter(([, value]) => value !== undefined))
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

function doesInWords(
  { target, method, path, abort, delay, replace, patch }: Spec,
  shareRatio: number,
): string {
  const acts = [
    ...(abort === true ? ['breaks off'] : []),
    ...(delay === undefined ? [] : [`holds for ${delay}`]),
    ...(replace === undefined ? [] : [`replaces ${Object.keys(replace).join(', ')} of`]),
    ...(patch === undefined ? [] : [`patches ${Object.keys(patch).join(', ')} of`]),
  ]
  const which = [
    ...(shareRatio === 1 ? [] : [`${100 * shareRatio} % of`]),
    method ?? 'all',
    target === 'Request' ? 'requests' : 'answers',
    ...(path ? [`for ${path}`] : []),
  ]
  return `${acts.join(' and ')} ${which.join(' ')}`
}
