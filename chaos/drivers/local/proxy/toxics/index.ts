import type { ToxicKind } from '../toxic.ts'
import { latency } from './latency.ts'

/** The kinds that the API knows, by their type. */
export const TOXIC_KINDS: ReadonlyMap<string, ToxicKind> = new Map([latency].map((kind) => [kind.type, kind]))
