import type { Part } from './kind.ts'
import { KINDS, type Manifest } from './kinds.ts'
import { type Capability, type Limit, limitsMet, type Refusal } from './limit.ts'

/** Set on an object in a cluster, Chaos Mesh leaves it alone. */
const PAUSED: Limit = {
  at: ['metadata', 'annotations', 'experiment.chaos-mesh.org/pause'],
  values: ['true'],
  why: 'its annotation says that it is paused',
  possibleWith: 'the annotation taken out',
}

/** What of a manifest cannot be honoured on one machine, with the reason and what would make it possible. */
export function localRefusals(manifest: Manifest, has: readonly Capability[] = []): Refusal[] {
  const kind = KINDS.find(manifest.kind)
  const whole = kind === undefined ? [] : refusalsOf({ path: ['spec'], kind, spec: manifest.spec }, has)
  return [...limitsMet(manifest, [PAUSED], has), ...whole]
}

function refusalsOf({ path, kind, spec }: Part, has: readonly Capability[]): Refusal[] {
  const all = [
    ...limitsMet(spec, kind.limits, has),
    ...kind.parts(spec).flatMap((part) => refusalsOf(part, has)),
  ]
  return all.map((one) => ({ ...one, path: [...path, ...one.path] }))
}
