import type { Experiment } from '../../../chaos/model/experiment.ts'
import { GauntletError, nearestHint, type Plan, type Target } from '../../../reports/run/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import { createExec } from '../../process/exec.ts'
import { tellsResources } from '../../process/resources.ts'
import { type Draft, type DraftInputs, describedTarget, draftPlan, refuse } from '../draft/draft.ts'
import { machineFor } from '../draft/machine.ts'
import { findTools } from '../draft/tools.ts'
import { checkSourceKeys } from '../execute/source-keys.ts'
import { checkSwitches } from '../execute/switches.ts'
import type { Attendance, ExperimentRequest } from '../request.ts'
import { type ExperimentPlan, experimentPlan } from './experiment-plan.ts'
import { onlyUnderLoad } from './only-under-load.ts'
import { planUnderLoad } from './under-load.ts'

/** As draftRun does for a plan: refuses what can be refused before anything is started. */
export async function draftExperiment(
  asked: ExperimentRequest,
  inputs: DraftInputs,
  attendance: Attendance,
): Promise<Draft> {
  const catalogue = await readCatalogue(inputs.request.project)
  const experiment = findExperiment(catalogue, asked.name)
  const loaded = asked.underLoad ? planUnderLoad(experiment, asked.forMs) : undefined
  return loaded === undefined
    ? draftQuiet({ experiment, catalogue, ...asked }, inputs, attendance)
    : draftPlan(loaded, catalogue, inputs, attendance)
}

/** Of an experiment without load. */
export const FOR_MS = 30_000
/** What people have on a game day to find out and to mend it. */
const FOR_PEOPLE_MS = 15 * 60_000

interface QuietExperiment extends ExperimentRequest {
  readonly experiment: Experiment
  readonly catalogue: Catalogue
}

async function draftQuiet(
  { experiment, catalogue, name, faultOnly, forMs = faultOnly ? FOR_PEOPLE_MS : FOR_MS }: QuietExperiment,
  { request, runId }: DraftInputs,
  { progress }: Attendance,
): Promise<Draft> {
  const { project, seed, targetFile, switches } = request
  const exec = createExec({ runId })
  const target = await describedTarget(project, { exec, projectRoot: project.root }, targetFile)
  const machine = await machineFor([experiment], exec)
  const toxiproxy = project.config.chaos?.toxiproxy
  const asked = { forMs, faultOnly, underLoad: false, tellsProcessorWait: tellsResources() }
  const inputs = { experiment, catalogue, seed, machine, toxiproxy, ...asked }
  const planWith = (tools: Plan['tools'], over: Target): Plan =>
    acceptedExperiment(name, experimentPlan({ ...inputs, target: over, tools, nowMs: Date.now() }))
  planWith({}, target)
  for (const words of onlyUnderLoad(experiment)) progress.fact(`not without load: ${words}`)
  checkSwitches(switches, target)
  checkSourceKeys(planWith({}, target))
  const tools = await findTools({ load: [], audits: [] }, { exec, log: progress })
  return {
    plan: planWith(tools.versions, target),
    tools,
    planFor: (live) => planWith(tools.versions, live),
  }
}

/** The experiment of this name; a mistake in any file of the project is shown first. */
export function findExperiment(catalogue: Catalogue, name: string): Experiment {
  refuse(catalogue.complaints)
  const found = catalogue.experiments.get(name)
  if (found !== undefined) return found
  throw new GauntletError('NO_EXPERIMENT', `there is no experiment "${name}"`, {
    hint: `${nearestHint(name, [...catalogue.experiments.keys()])}\nlist them with: gauntlet chaos list`,
  })
}

/** The plan, or all the reasons why it is refused. */
export function acceptedExperiment(name: string, { plan, refusals }: ExperimentPlan): Plan {
  if (refusals.length === 0) return plan
  throw new GauntletError('REFUSED', `${name} is refused: ${refusals.map(({ why }) => why).join('; ')}`, {
    hint: [...new Set(refusals.map(({ hint }) => hint))].join('\n'),
  })
}
