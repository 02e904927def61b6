import type { YamlDocument } from '../../reports/run/index.ts'
import type { Kind, SliSpec, Slo } from './open-slo/index.ts'
import type { Written } from './parse-open-slo.ts'
import type { ResolvedSlo } from './resolved.ts'

/** What a reference may name. */
export interface Library {
  find(kind: Kind, name: string): Written | undefined
  /** also those of broken objects: a name is not unknown because its object has a mistake */
  names(kind: Kind): readonly string[]
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
