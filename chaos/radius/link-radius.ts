import { GauntletError, type Target, type TargetLink } from '../../reports/run/index.ts'
import { type BlastRadius, selectorInWords, selectSome } from './blast-radius.ts'
import { isSelected } from './selected.ts'
import type { LinkSelector } from './selector.ts'

export type Stream = 'upstream' | 'downstream'

/** A link, and in which of its directions it is disturbed: `upstream` is from the one who dials. */
export interface LinkPart {
  readonly link: TargetLink
  readonly streams: readonly Stream[]
}

/** As NetworkChaos says it: what leaves the selected processes, or comes to them, and to or from whom. */
export interface TrafficRadius extends BlastRadius {
  readonly target?: BlastRadius
  readonly direction?: 'to' | 'from' | 'both'
}

/** As LinkChaos says it: links by their name, or by the labels of who dials. */
export interface NamedLinksRadius extends Omit<TrafficRadius, 'target'> {
  readonly selector: LinkSelector
}

/** The links on which there is such traffic, each with the directions of it; the seed chooses among the selected. */
export function linksOfTraffic(target: Target, radius: TrafficRadius, seed: number): LinkPart[] {
  const { direction = 'to' } = radius
  const own = namesOf(target, radius, seed)
  const other = radius.target === undefined ? undefined : namesOf(target, radius.target, seed)
  const isOther = (name: string): boolean => other?.has(name) ?? true
  return target.links.flatMap((link) => {
    const dialledByOwn = own.has(link.from) && isOther(link.to)
    const dialledByOther = own.has(link.to) && isOther(link.from)
    const streams: Stream[] = [
      ...(direction !== 'from' && dialledByOwn ? (['upstream'] as const) : []),
      ...(direction !== 'from' && dialledByOther ? (['downstream'] as const) : []),
      ...(direction !== 'to' && dialledByOwn ? (['downstream'] as const) : []),
      ...(direction !== 'to' && dialledByOther ? (['upstream'] as const) : []),
    ]
    return streams.length === 0 ? [] : [{ link, streams: [...new Set(streams)] }]
  })
}

export function linksByName(target: Target, radius: NamedLinksRadius, seed: number): LinkPart[] {
  const { direction = 'both' } = radius
  const streams: readonly Stream[] =
    direction === 'both' ? ['upstream', 'downstream'] : direction === 'to' ? ['upstream'] : ['downstream']
  const selected = target.links.filter((link) =>
    isSelected({ name: link.name, labels: labelsOf(target, link.from) }, radius.selector),
  )
  return selectSome(selected, radius, seed).map((link) => ({ link, streams }))
}

/** Throws NO_TARGETS when there is none. */
export function someLinks(parts: readonly LinkPart[], words: string, target: Target): readonly LinkPart[] {
  if (parts.length > 0) return parts
  throw new GauntletError('NO_TARGETS', `${target.name} has no link for ${words}`, {
    hint: describedLinks(target),
  })
}

export function describedLinks({ name, links }: Target): string {
  return links.length === 0
    ? `${name} describes no links`
    : `it describes ${links.map((link) => link.name).join(', ')}`
}

export function trafficInWords({ selector, target, direction = 'to' }: TrafficRadius): string {
  const own = `the processes ${selectorInWords(selector)}`
  const other = target === undefined ? 'anybody' : `those ${selectorInWords(target.selector)}`
  return `what goes ${{ to: `from ${own} to ${other}`, from: `from ${other} to ${own}`, both: `between ${own} and ${other}` }[direction]}`
}

export function namedLinksInWords({ selector, mode, value }: NamedLinksRadius): string {
  const { links, ...ways } = selector
  const many = mode === 'fixed' ? value : mode.endsWith('-percent') ? `${value} %` : mode
  const dialled = Object.keys(ways).length === 0 ? '' : ` dialled by processes ${selectorInWords(ways)}`
  return `${many} of the links${links === undefined ? '' : ` ${links.join(', ')}`}${dialled}`
}

function namesOf(target: Target, radius: BlastRadius, seed: number): Set<string> {
  const selected = target.processes.filter((one) => isSelected(one, radius.selector))
  return new Set(selectSome(selected, radius, seed).map(({ name }) => name))
}

const labelsOf = (target: Target, process: string): Readonly<Record<string, string>> =>
  target.processes.find(({ name }) => name === process)?.labels ?? {}
