import type { YamlDocument } from '../../reports/run/index.ts'
import type { DataSource, Objective, SliSpec, Slo } from './open-slo/index.ts'

/** An SLO with all that it names. */
export interface ResolvedSlo {
  readonly name: string
  /** its displayName, else its name */
  readonly title: string
  readonly slo: Slo
  readonly document: YamlDocument
  readonly objectives: readonly ResolvedObjective[]
  /** each objective has an indicator of its own, and all share one budget */
  readonly isComposite: boolean
  dataSource(name: string): DataSource | undefined
}

export interface ResolvedObjective {
  readonly objective: Objective
  /** undefined: the SLI it names was not read, or has not the shape of one */
  readonly indicator: SliSpec | undefined
  /** the name of an SLI that stands elsewhere */
  readonly indicatorRef: string | undefined
}
