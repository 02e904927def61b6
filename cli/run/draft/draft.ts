import { totalmem } from 'node:os'
import type { Machine } from '../../../chaos/index.ts'
import {
  type Complaint,
  GauntletError,
  nearestHint,
  type Plan,
  type Target,
} from '../../../reports/run/index.ts'
import { checkJourneys } from '../../../scenarios/drivers/k6/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import type { PlanDocument } from '../../config/plan-file.ts'
import { createExec } from '../../process/exec.ts'
import { portHolders } from '../../process/ports.ts'
import { tellsResources } from '../../process/resources.ts'
import { checkSourceKeys } from '../execute/source-keys.ts'
import { checkSwitches } from '../execute/switches.ts'
import { attachTarget, standingDescription } from '../execute/target-description.ts'
import type { NewRun } from '../new-run.ts'
import { makePlan } from '../plan/plan.ts'
import type { Attendance, RunRequest } from '../request.ts'
import { machineFor } from './machine.ts'
import { type FoundTools, findTools } from './tools.ts'

/** A run that nothing speaks against, before anything is started. */
export interface Draft {
  readonly plan: Plan
  readonly tools: FoundTools
  /** the plan again, over the target as it is once it runs */
  planFor(target: Target): Plan
}

export interface DraftInputs extends NewRun {
  readonly request: RunRequest
}

/** Refuses everything that can be refused without starting anything; then finds the programs that the plan needs. */
export async function draftRun(inputs: DraftInputs, attendance: Attendance): Promise<Draft> {
  const catalogue = await readCatalogue(inputs.request.project)
  return draftPlan(findPlan(catalogue, inputs.request.plan), catalogue, inputs, attendance)
}

/** The same, of a plan that is at hand. */
export async function draftPlan(
  found: PlanDocument,
  catalogue: Catalogue,
  { request, runId, scratch }: DraftInputs,
  { progress }: Attendance,
): Promise<Draft> {
  const exec = createExec({ runId })
  const { root: projectRoot } = request.project
  const target = await describedTarget(request.project, { exec, projectRoot }, request.targetFile)
  const machine = await machineFor(catalogue.experiments.values(), exec)
  const toxiproxy = request.project.config.chaos?.toxiproxy
  const planWith = (tools: Plan['tools'], over: Target): Plan =>
    acceptedPlan({ found, catalogue, target: over, tools, request, machine, toxiproxy })
  planWith({}, target)
  checkSwitches(request.switches, target)
  checkSourceKeys(planWith({}, target))
  const tools = await findTools(planWith({}, target), { exec, log: progress })
  const plan = planWith(tools.versions, target)
  if (tools.k6 !== undefined) await checkJourneys(plan.load, tools.k6, { exec, scratch, projectRoot })
  return { plan, tools, planFor: (live) => planWith(tools.versions, live) }
}

export async function describedTarget(
  project: Project,
  context: Parameters<typeof standingDescription>[1],
  targetFile?: string,
): Promise<Target> {
  return targetFile === undefined
    ? standingDescription(project.config.target, context)
    : attachTarget(targetFile)
}

/** The plan of this name; a mistake in any file of the project is shown first. */
export function findPlan(catalogue: Catalogue, name: string): PlanDocument {
  refuse(catalogue.complaints)
  const found = catalogue.plans.get(name)
  if (found !== undefined) return found
  throw new GauntletError('NO_PLAN', `there is no plan "${name}"`, {
    hint: `${nearestHint(name, [...catalogue.plans.keys()])}\nlist them with: gauntlet list`,
  })
}

interface AcceptedPlan {
  readonly found: PlanDocument
  readonly catalogue: Catalogue
  readonly target: Target
  readonly tools: Plan['tools']
  readonly toxiproxy?: string | undefined
  readonly request: Pick<RunRequest, 'seed' | 'allowUndecidable'>
  readonly machine?: Machine | undefined
}

/** The plan, or all the reasons why it is refused. */
export function acceptedPlan({ found, request, ...surroundings }: AcceptedPlan): Plan {
  const { plan, complaints } = makePlan({
    ...surroundings,
    plan: found,
    seed: request.seed,
    machineMemoryBytes: totalmem(),
    machineTellsResources: tellsResources(),
    allowUndecidable: request.allowUndecidable,
    nowMs: Date.now(),
  })
  refuse(complaints)
  return plan
}

/** All mistakes at once, with nothing started. */
export function refuse(complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return
  const files = new Set(complaints.map((one) => one.file)).size
  const mistakes = complaints.length === 1 ? '1 mistake' : `${complaints.length} mistakes`
  throw new GauntletError(
    'REFUSED',
    `nothing was started: ${mistakes} in ${files === 1 ? '1 file' : `${files} files`}`,
    { complaints },
  )
}

/** Refuses a --port whose ports are taken, naming the holder. */
export async function checkPorts({ port, project }: RunRequest): Promise<void> {
  const ports = project.config.target.start?.port
  if (port === undefined) return
  if (ports === undefined)
    throw new GauntletError(
      'NO_PORT_FLAG',
      '--port means nothing here: the config does not say how to pass it on',
      {
        hint: 'give target.start.port in gauntlet.config.ts',
      },
    )
  for (let one = port; one < port + ports.count; one += 1) {
    const [holder] = await portHolders(one)
    if (holder !== undefined)
      throw new GauntletError('PORT_TAKEN', `port ${one} on 127.0.0.1 is taken by ${holder}`, {
        hint: 'it was left alone: end that program, or leave --port out',
      })
  }
}
