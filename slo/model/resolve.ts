import type { YamlDocument } from '../../reports/run/index.ts'
import type { Library } from './library.ts'
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

export function resolveSlo(slo: Slo, document: YamlDocument, library: Library): ResolvedSlo {
  const { spec, metadata } = slo
  return {
    name: metadata.name,
    title: metadata.displayName || metadata.name,
    slo,
    document,
    objectives: spec.objectives.map((objective) => {
      const indicator = objective.indicator ?? spec.indicator
      const indicatorRef = objective.indicatorRef ?? spec.indicatorRef
      return { objective, indicator: indicator?.spec ?? sliNamed(indicatorRef, library), indicatorRef }
    }),
    isComposite: spec.objectives.some((one) => (one.indicator ?? one.indicatorRef) !== undefined),
    dataSource: (name) => {
      const object = library.find('DataSource', name)?.object
      return object?.kind === 'DataSource' ? object : undefined
    },
  }
}

function sliNamed(name: string | undefined, library: Library): SliSpec | undefined {
  const object = name === undefined ? undefined : library.find('SLI', name)?.object
  return object?.kind === 'SLI' ? object.spec : undefined
}
