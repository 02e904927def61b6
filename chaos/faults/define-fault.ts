import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { type AddedKind, defineKind, type ReadableKind } from '../model/manifests/index.ts'
import type { Fault, FaultKind } from './fault-kind.ts'

/** A kind of fault of a project's own, as its author writes it. */
export interface OwnFault<Spec extends TSchema> {
  /** of the manifest, such as QueueChaos */
  readonly kind: string
  /** of the manifest; gauntlet/v1 when left out */
  readonly apiVersion?: string
  /** a schema of TypeBox: what stands under `spec`, and its mistakes */
  readonly spec: Spec
  /** the fault that a spec asks for */
  read(spec: Static<Spec>): Fault
}

/** A kind of fault, and the kind of manifest that asks for it. */
export interface AddedFault extends FaultKind {
  readonly manifest: ReadableKind
}

/** Types a fault for the editor, for `extend.faults` of a config. */
export function defineFault<Spec extends TSchema>(own: OwnFault<Spec>): AddedFault {
  const { apiVersion = 'gauntlet/v1', spec: Spec } = own
  const AnySpec: TSchema = Spec
  const kind = own.kind as AddedKind // no built-in has its name: the family refuses that
  const read = (spec: unknown): Fault | undefined => (Check(Spec, spec) ? own.read(spec) : undefined)
  return {
    kind: own.kind.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase(), // as plans name ours
    manifest: defineKind({ apiVersion, kind, spec: AnySpec, limits: [] }),
    read: (manifest) => (manifest.kind === kind ? read(manifest.spec) : undefined),
  }
}
