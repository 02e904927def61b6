import type { Finding, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { evidenceOf } from '../../sources/index.ts'

/** Kinds of the findings that spoil the evidence of one objective, each once. */
export function taintsOn(
  objective: PlannedObjective,
  findings: readonly Finding[],
  { plan }: RunRecord,
): string[] {
  const coversRun = objective.evidence === 'census'
  const isTainted = ({ kind, taints }: Finding): boolean => {
    switch (taints.scope) {
      case 'run':
        return !OF_THE_STREAM.includes(kind) || restsOnStream(objective)
      case 'phase':
        return restsOnStream(objective) && objective.phases.includes(taints.name ?? '')
      case 'experiment':
        return phasesFrom(taints.name, plan).some((phase) => coversRun || objective.phases.includes(phase))
      case 'scenario':
        return (
          restsOnStream(objective) &&
          scenariosOf(objective).some((one) => [undefined, taints.name].includes(one))
        )
      default:
        return taints.scope satisfies never
    }
  }
  return [...new Set(findings.filter(isTainted).map(({ kind }) => kind))]
}

/** Findings that leave alone what did not come through the stream: page visits, probes, answers of a data source. */
const OF_THE_STREAM: readonly Finding['kind'][] = ['no-iteration-completed', 'stream-behind', 'stream-gap']

/** Acknowledgements come through the stream too: a lost line could be a lost order. */
const restsOnStream = (objective: PlannedObjective): boolean =>
  evidenceOf(objective).some((path) => path === 'evidence/load.ndjson' || path === 'evidence/acks.ndjson')

const scenariosOf = ({ total, members = [] }: PlannedObjective): (string | undefined)[] =>
  [total, ...members.map((member) => member.total)].map(({ scenario }) => scenario)

/** A fault that was not seen to act spoils all that was claimed to hold with it, and after it. */
function phasesFrom(experiment: string | undefined, { phases }: RunRecord['plan']): string[] {
  const first = phases.findIndex(
    ({ experiments }) => experiment !== undefined && experiments.includes(experiment),
  )
  return first === -1 ? [] : phases.slice(first).map(({ name }) => name)
}
