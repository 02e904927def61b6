import type { AskableObjective, Experiment } from '../../../chaos/index.ts'
import type { PlannedObjective, PlannedPhase, PlannedSource } from '../../../reports/run/index.ts'
import { toPlannedObjectives } from '../../../slo/model/index.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import { askableObjectives } from '../plan/askable.ts'

export interface AskableAlone {
  readonly askable: readonly AskableObjective[]
  readonly objectives: readonly PlannedObjective[]
  readonly sources: readonly PlannedSource[]
}

/** The objectives of a project, for the probes of an experiment that runs without load and so promises nothing. */
export function askableAlone(
  { objectives: slos }: Pick<Catalogue, 'objectives'>,
  phase: PlannedPhase,
): AskableAlone {
  const all = [...slos.values()].map((slo) => ({
    slo,
    ...toPlannedObjectives(slo, { phases: [], advisory: true }),
  }))
  const objectives = all.flatMap((one) => one.objectives)
  const refused = all.flatMap(({ slo: { name }, refusals: [first] }) =>
    first === undefined
      ? []
      : [{ name, whyNot: () => ({ why: `${name} cannot be judged: ${first.why}`, hint: first.hint }) }],
  )
  return {
    askable: [...askableObjectives(objectives, { load: [], phases: [phase] }, phase), ...refused],
    objectives,
    sources: all.flatMap((one) => one.sources),
  }
}

/** Those that it is judged by when it is run under its own load. */
export function askableUnderLoad({ spec: { run } }: Experiment): AskableObjective[] {
  return [...(run?.holds ?? []), ...(run?.bends ?? [])].map((name) => ({ name, whyNot: () => undefined }))
}
