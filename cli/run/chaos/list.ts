import { jsonDocument } from '../../../reports/render/index.ts'
import { faultWords, plainText, type Target } from '../../../reports/run/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import { createExec } from '../../process/exec.ts'
import { tellsResources } from '../../process/resources.ts'
import { describedTarget, refuse } from '../draft/draft.ts'
import { machineFor } from '../draft/machine.ts'
import { type ExperimentPlanInputs, experimentPlan } from './experiment-plan.ts'

export interface ListRequest {
  readonly project: Project
  readonly target?: string
  readonly json: boolean
}

/** One experiment of the project, and whether it can be done on this target. */
interface ListedExperiment {
  readonly name: string
  readonly title: string
  readonly breaks: string
  /** empty when it can be done */
  readonly refusals: readonly { readonly why: string; readonly hint: string }[]
}

/** Long enough for every experiment that says no length: only the target decides. */
const ANY_LENGTH_MS = 86_400_000

export async function listExperiments({ project, target: file, json }: ListRequest): Promise<string> {
  const catalogue = await readCatalogue(project)
  refuse(catalogue.complaints)
  const exec = createExec({ runId: 'list' })
  const target = await describedTarget(project, { exec, projectRoot: project.root }, file)
  const machine = await machineFor(catalogue.experiments.values(), exec)
  const experiments = listed(catalogue, { target, machine, toxiproxy: project.config.chaos?.toxiproxy })
  if (json) return jsonDocument({ schema: 'gauntlet/chaos-list/1', target: target.name, experiments })
  return listInWords(experiments, target).map(plainText).join('\n')
}

function listed(
  { policy: _, ...catalogue }: Catalogue, // which may change from hour to hour
  here: Pick<ExperimentPlanInputs, 'target' | 'machine' | 'toxiproxy'>,
): ListedExperiment[] {
  return [...catalogue.experiments]
    .map(([name, experiment]) => {
      const inputs = {
        ...{ experiment, catalogue, underLoad: experiment.spec.run !== undefined },
        ...{ ...here, tools: {}, seed: 1, forMs: ANY_LENGTH_MS, nowMs: 0 },
        tellsProcessorWait: tellsResources(),
      }
      const { plan, refusals } = experimentPlan(inputs)
      const kinds = experiment.spec.method.map(({ manifest }) => manifest.kind)
      const breaks = plan.experiments.map((one) => faultWords(one).does).join('; ') || kinds.join('; ')
      return { name, title: experiment.metadata.title, breaks, refusals }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function listInWords(experiments: readonly ListedExperiment[], { name }: Target): string[] {
  if (experiments.length === 0) return ['no experiments: name their folders in content.experiments']
  return experiments.flatMap(({ name: experiment, title, breaks, refusals }) => [
    experiment,
    `  ${title}`,
    `  breaks   ${breaks}`,
    ...(refusals.length === 0 ? [`  here     possible on ${name}`] : []),
    ...refusals.flatMap(({ why, hint }) => [`  here     not possible: ${why}`, `           ${hint}`]),
  ])
}
