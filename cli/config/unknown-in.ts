import type { Complaint, YamlDocument } from '../../reports/run/index.ts'
import { unknownNames } from './unknown-names.ts'

interface Names {
  readonly names: readonly string[]
}

interface Named extends Names {
  readonly documents: readonly YamlDocument[]
}

interface Shelves {
  readonly scenarios: Named
  readonly journeys: Names
  readonly audits: Names
  readonly experiments: Named
  readonly objectives: Names
  readonly plans: Named
}

/** What a file names and no other holds: which names of a catalogue lead where. */
export function unknownIn({
  scenarios,
  journeys,
  audits,
  experiments,
  objectives,
  plans,
}: Shelves): Complaint[] {
  return [
    ...unknownNames(scenarios.documents, [
      { kind: 'journey', at: ['spec', 'journey'], known: journeys.names },
    ]),
    ...unknownNames(
      experiments.documents,
      [
        ['guard', 'abortWhen', '*', 'slo'],
        ['alert', 'slo'],
      ].map((path) => ({ kind: 'objective', at: ['spec', ...path], known: objectives.names })),
    ),
    ...unknownNames(plans.documents, [
      { kind: 'scenario', at: ['spec', 'load', '*', 'scenario'], known: scenarios.names },
      { kind: 'experiment', at: ['spec', 'phases', '*', 'experiments', '*'], known: experiments.names },
      { kind: 'audit', at: ['spec', 'phases', '*', 'audits', '*'], known: audits.names },
      { kind: 'objective', at: ['spec', 'objectives', '*', 'slo'], known: objectives.names },
    ]),
  ]
}
