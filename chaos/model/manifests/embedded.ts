import { Type } from 'typebox'
import { dnsChaos } from './dns-chaos.ts'
import { httpChaos } from './http-chaos.ts'
import { ioChaos } from './io-chaos.ts'
import type { Part } from './kind.ts'
import { networkChaos } from './network-chaos.ts'
import { podChaos } from './pod-chaos.ts'
import { stressChaos } from './stress-chaos.ts'
import { timeChaos } from './time-chaos.ts'
import { valuesAt } from './values-at.ts'

/** The kinds that schedules and workflows may hold, by the key under which they hold them. */
export const EMBEDDED = { podChaos, networkChaos, httpChaos, stressChaos, ioChaos, timeChaos, dnsChaos }

export type EmbeddedKey = keyof typeof EMBEDDED

/** Their specs, as fields of what holds them. */
export const embeddedSpecs = {
  podChaos: Type.Optional(podChaos.spec),
  networkChaos: Type.Optional(networkChaos.spec),
  httpChaos: Type.Optional(httpChaos.spec),
  stressChaos: Type.Optional(stressChaos.spec),
  ioChaos: Type.Optional(ioChaos.spec),
  timeChaos: Type.Optional(timeChaos.spec),
  dnsChaos: Type.Optional(dnsChaos.spec),
} satisfies Record<EmbeddedKey, unknown>

/** `PodChaos` → `podChaos`; undefined: no kind that can be held. */
export function embeddedKey(type: string): EmbeddedKey | undefined {
  return EMBEDDED_KEYS.find((key) => EMBEDDED[key].kind === type)
}

export const EMBEDDED_KEYS: readonly EmbeddedKey[] = [
  'podChaos',
  'networkChaos',
  'httpChaos',
  'stressChaos',
  'ioChaos',
  'timeChaos',
  'dnsChaos',
]

export const EMBEDDED_TYPES: readonly string[] = EMBEDDED_KEYS.map((key) => EMBEDDED[key].kind)

/** The specs of other kinds that a map holds under their keys. */
export function embeddedParts(spec: unknown): Part[] {
  return EMBEDDED_KEYS.flatMap((key) =>
    valuesAt(spec, [key]).map(({ value }) => ({ path: [key], kind: EMBEDDED[key], spec: value })),
  )
}
