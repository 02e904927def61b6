import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { checkShape, type Shaped, type YamlDocument, type YamlPath } from '../../../reports/run/index.ts'
import { below, type Finding, toComplaint } from './finding.ts'
import type { Limit } from './limit.ts'
import { misfitsOfAnnotations, type OwnAnnotations } from './parts/annotations.ts'
import { Metadata } from './parts/metadata.ts'
import { misfitsOfMode, misfitsOfRequirements, missingOf, noLength } from './rules.ts'

const closed = { additionalProperties: false } as const

interface Definition<Version extends string, Kind extends string, Spec extends TSchema> {
  readonly apiVersion: Version
  readonly kind: Kind
  readonly spec: Spec
  /** fields that an action cannot do without */
  readonly needs?: Readonly<Record<string, readonly string[]>>
  /** actions that are over as soon as they are done */
  readonly oneShot?: readonly string[]
  /** what a schema cannot say; asked of a spec of the right shape */
  readonly rules?: (spec: Static<Spec>) => Finding[]
  readonly annotations?: OwnAnnotations
  /** what cannot be honoured on one machine */
  readonly limits: readonly Limit[]
  /** the specs of other kinds that it holds */
  readonly parts?: (spec: unknown) => Part[]
}

/** A spec within another. */
export interface Part {
  readonly path: YamlPath
  readonly kind: Pick<ManifestKind, 'findings' | 'limits' | 'parts'>
  readonly spec: unknown
}

/** What can be asked of every kind, whichever it is. */
export interface ManifestKind {
  readonly kind: string
  readonly apiVersion: string
  readonly oneShot: readonly string[]
  readonly limits: readonly Limit[]
  findings(spec: unknown): Finding[]
  parts(spec: unknown): Part[]
}

/** A kind of manifest: a file a kind, a line in the list of kinds. */
export function defineKind<const Version extends string, const Kind extends string, Spec extends TSchema>(
  definition: Definition<Version, Kind, Spec>,
) {
  const { apiVersion, kind, spec: Spec, needs = {}, rules, oneShot = [], parts = () => [] } = definition
  const { annotations = {} } = definition
  const manifest = Type.Object(
    {
      apiVersion: Type.Literal(apiVersion),
      kind: Type.Literal(kind),
      metadata: Metadata,
      spec: Spec,
      status: Type.Optional(Type.Unknown({ description: 'what a cluster adds' })),
    },
    closed,
  )
  const findings = (spec: unknown): Finding[] => [
    ...missingOf(spec, needs),
    ...misfitsOfMode(spec),
    ...misfitsOfRequirements(spec),
    ...noLength(spec),
    ...(rules !== undefined && Check(Spec, spec) ? rules(spec) : []),
    ...parts(spec).flatMap((part) => below(part.kind.findings(part.spec), part.path)),
  ]
  return {
    ...definition,
    manifest,
    oneShot,
    parts,
    findings,
    /** the manifest, or everything that is wrong with it */
    read: (document: YamlDocument): Shaped<Static<typeof manifest>> => {
      const shaped = checkShape(manifest, document)
      const found = [
        ...misfitsOfAnnotations(document.value, annotations),
        ...below(findings(specOf(document.value)), ['spec']),
      ].map((one) => toComplaint(one, document))
      return found.length === 0 ? shaped : { value: undefined, complaints: [...shaped.complaints, ...found] }
    },
    /** a manifest of this kind around a spec that was read as part of another */
    around: (name: string, spec: unknown): Static<typeof manifest> | undefined => {
      const value: unknown = { apiVersion, kind, metadata: { name }, spec }
      return Check(manifest, value) ? value : undefined
    },
  }
}

function specOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'spec' in value ? value.spec : undefined
}
