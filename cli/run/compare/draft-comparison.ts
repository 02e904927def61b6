import { totalmem } from 'node:os'
import {
  type BlockSchedule,
  BYTES_PER_VU,
  duration,
  GauntletError,
  type Plan,
  type SideName,
  type Target,
} from '../../../reports/run/index.ts'
import { checkJourneys, type K6Binary } from '../../../scenarios/drivers/k6/index.ts'
import { readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import { createExec } from '../../process/exec.ts'
import { acceptedPlan, findPlan } from '../draft/draft.ts'
import { findTools } from '../draft/tools.ts'
import type { NewRun } from '../new-run.ts'
import type { Attendance } from '../request.ts'
import { type SideLoad, sideLoad } from './blocked-options.ts'
import { chosenPairs } from './chosen-pairs.ts'
import { comparedPlan, leftOutOf } from './compared-plan.ts'
import { drawSchedule, FEWEST_PAIRS, lengthMs } from './schedule.ts'
import { refuseSharedBefore } from './shared-addresses.ts'
import { portsFor, type SidePorts } from './side-ports.ts'
import { readSide, type Side } from './sides.ts'

export interface CompareRequest {
  /** whose plan is asked */
  readonly project: Project
  readonly cwd: string
  readonly base: string
  readonly head: string
  readonly plan: string
  /** undefined: as many as the plan's objectives need */
  readonly pairs?: number
  readonly allowUndecidable: boolean
  readonly blockMs: number
  readonly port?: number
  readonly waitForTarget: boolean
  readonly seed: number
}

/** A comparison that nothing speaks against, before anything is started. */
export interface ComparisonDraft {
  readonly plan: Plan
  readonly k6: K6Binary
  readonly schedule: ReturnType<typeof drawSchedule>
  readonly sides: Readonly<Record<SideName, Side>>
  readonly ports: Readonly<Record<SideName, SidePorts>>
  readonly leftOut: readonly string[]
  /** the scenarios of the plan over both targets as they are once they run */
  loadsFor(targets: Readonly<Record<SideName, Target>>): SideLoad[]
}

/** Refuses everything that can be refused without starting anything; then finds k6. */
export async function draftComparison(
  request: CompareRequest,
  { runId, scratch }: NewRun,
  { progress }: Attendance,
): Promise<ComparisonDraft> {
  const exec = createExec({ runId })
  const catalogue = await readCatalogue(request.project)
  const found = findPlan(catalogue, request.plan)
  const sides = {
    base: await readSide('base', request.base, { cwd: request.cwd, exec }),
    head: await readSide('head', request.head, { cwd: request.cwd, exec }),
  }
  const plannerOf =
    (schedule: BlockSchedule) =>
    (target: Target, tools: Plan['tools']): Plan =>
      acceptedPlan({
        found: comparedPlan(found, lengthMs(schedule)),
        catalogue,
        target,
        tools,
        request: { ...request, allowUndecidable: true },
      })
  const shortest = drawSchedule({ ...request, pairs: FEWEST_PAIRS })
  const pairs = chosenPairs(request, {
    plan: plannerOf(shortest)(sides.head.target, {}),
    schedule: shortest,
  })
  const schedule = drawSchedule({ ...request, pairs })
  const planFor = plannerOf(schedule)
  const loadsFor = ({ base, head }: Readonly<Record<SideName, Target>>): SideLoad[] => [
    ...loadsOf('base', planFor(base, {})),
    ...loadsOf('head', planFor(head, {})),
  ]
  const loads = loadsFor({ base: sides.base.target, head: sides.head.target })
  refuseTooMany(loads)
  const ports = await portsFor(sides, request.port)
  refuseSharedBefore(sides)
  const { k6, versions } = await findTools(planFor(sides.head.target, {}), { exec, log: progress })
  const plan = planFor(sides.head.target, versions)
  if (k6 === undefined) throw new GauntletError('NO_LOAD', `plan ${plan.name} has no load to compare under`)
  progress.fact(`${pairs} pairs, ${duration(lengthMs(schedule))}`)
  await checkJourneys(plan.load, k6, { exec, scratch, projectRoot: request.project.root })
  return { plan, k6, schedule, sides, ports, leftOut: leftOutOf(found), loadsFor }
}

function loadsOf(side: SideName, plan: Plan): SideLoad[] {
  return plan.load.map((planned) => {
    const load = sideLoad(side, planned)
    if (load !== undefined) return load
    throw new GauntletError('NO_CONSTANT_RATE', `scenario ${planned.name} has no constant arrival rate`, {
      hint: 'blocks are compared under the same load: name a plan with constant-arrival-rate scenarios only',
    })
  })
}

function refuseTooMany(loads: readonly SideLoad[]): void {
  const bytes = loads.reduce((sum, { virtualUsers }) => sum + virtualUsers, 0) * BYTES_PER_VU
  if (bytes <= totalmem() / 2) return
  throw new GauntletError(
    'TOO_MANY_USERS',
    `the virtual users of both sides take ${Math.round(bytes / 2 ** 20)} MiB, more than half of this machine's memory`,
    { hint: 'lower a rate or a time-out: users = rate × time-out' },
  )
}
