import { nearestHint } from '../../../../reports/run/index.ts'
import type { Finding } from '../finding.ts'
import { valuesAt } from '../values-at.ts'

/** What a kind takes beyond what Chaos Mesh has: in an annotation, which a cluster leaves alone. */
export interface OwnAnnotation {
  readonly is: RegExp
  /** what is expected, in words */
  readonly expected: string
}

/** By their whole names, such as `gauntlet/share`. */
export type OwnAnnotations = Readonly<Record<string, OwnAnnotation>>

const OURS = 'gauntlet/'

/** Of annotations below `gauntlet/` each must be known and fit; those of others are left alone. */
export function misfitsOfAnnotations(manifest: unknown, known: OwnAnnotations): Finding[] {
  return valuesAt(manifest, ['metadata', 'annotations', '*']).flatMap(({ path, value }) => {
    const name = String(path.at(-1))
    if (!name.startsWith(OURS)) return []
    const { is, expected } = known[name] ?? {}
    if (is === undefined)
      return [{ path, message: `unknown annotation ${name}`, hint: nearestHint(name, Object.keys(known)) }]
    // of what is no text the schema complains
    return typeof value !== 'string' || is.test(value)
      ? []
      : [{ path, message: `${name} cannot be "${value}"`, hint: `expected ${expected}` }]
  })
}
