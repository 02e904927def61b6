import { type AddedFault, type AnyProbeKind, addFaults, addProbeKinds } from '../../chaos/index.ts'
import { RENDERERS, type Renderer } from '../../reports/render/index.ts'
import { SOURCE_KINDS } from '../../slo/sources/ask-source.ts'
import type { SourceKind } from '../../slo/sources/source-kind.ts'

/** What a project adds to the families of gauntlet, each member a value of its `define…`. */
export interface Extensions {
  readonly faults?: readonly AddedFault[]
  readonly probes?: readonly AnyProbeKind[]
  readonly renderers?: readonly Renderer[]
  readonly sources?: readonly SourceKind[]
}

/** Adds them, before any file of the project is read. */
export function extend({ faults = [], probes = [], renderers = [], sources = [] }: Extensions): void {
  addFaults(...faults)
  addProbeKinds(...probes)
  RENDERERS.add(...renderers)
  SOURCE_KINDS.add(...sources)
}
