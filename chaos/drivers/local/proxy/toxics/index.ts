import { http } from '../http/http-toxic.ts'
import type { ToxicKind } from '../toxic.ts'
import { bandwidth } from './bandwidth.ts'
import { cut } from './cut.ts'
import { latency } from './latency.ts'
import { limitData } from './limit-data.ts'
import { loss } from './loss.ts'
import { resetPeer } from './reset-peer.ts'
import { slicer } from './slicer.ts'
import { slowClose } from './slow-close.ts'
import { timeout } from './timeout.ts'

/** Toxiproxy's, then ours. */
const BUILT_IN: readonly ToxicKind[] = [
  latency,
  bandwidth,
  slowClose,
  timeout,
  resetPeer,
  slicer,
  limitData,
  loss,
  cut,
  http,
]

/** The kinds that the API knows, by their type. */
export const TOXIC_KINDS: ReadonlyMap<string, ToxicKind> = new Map(BUILT_IN.map((kind) => [kind.type, kind]))
