import type { Experiment } from '../../../chaos/index.ts'
import type { PlannedExperiment, PlannedPhase, YamlPath } from '../../../reports/run/index.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import type { AlertEntry } from './alerts.ts'
import type { GuardEntry } from './guards.ts'

/** An experiment that a phase names, and where. */
export interface NamedExperiment {
  readonly experiment: Experiment
  readonly phase: PlannedPhase
  readonly at: YamlPath
}

export const namedExperiments = (
  phases: readonly PlannedPhase[],
  { experiments }: Catalogue,
): NamedExperiment[] =>
  phases.flatMap((phase, n) =>
    phase.experiments.map((name, m) => ({
      experiment: experiments.get(name)!,
      phase,
      at: ['spec', 'phases', n, 'experiments', m],
    })),
  )

/** The guards of the plan, and those of its experiments. */
export function guardEntries({ spec }: PlanFile, named: readonly NamedExperiment[]): GuardEntry[] {
  const own = spec.guards?.abortWhen ?? []
  return [
    ...own.map((guard, n) => ({ guard, at: ['spec', 'guards', 'abortWhen', n] })),
    ...named.flatMap(({ experiment: { metadata, spec }, phase, at }) =>
      (spec.guard?.abortWhen ?? []).map((guard) => ({ guard, at, of: { experiment: metadata.name, phase } })),
    ),
  ]
}

export function alertEntries(
  named: readonly NamedExperiment[],
  planned: readonly PlannedExperiment[],
): AlertEntry[] {
  return named.flatMap(({ experiment: { metadata, spec }, phase, at }) => {
    const experiment = planned.find(({ name }) => name === metadata.name)
    const { alert } = spec
    return alert === undefined || experiment === undefined ? [] : [{ alert, experiment, phase, at }]
  })
}
