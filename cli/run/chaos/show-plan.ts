import type { Experiment } from '../../../chaos/index.ts'
import { plannedFault } from '../../../chaos/planning/planned-fault.ts'
import { allowingRules } from '../../../chaos/policy/index.ts'
import { jsonDocument } from '../../../reports/render/index.ts'
import { ascii, wrap } from '../../../reports/render/plain.ts'
import {
  alertDueWords,
  checkWords,
  duration,
  GauntletError,
  guardWords,
  list,
  type Plan,
  type PlannedFault,
  type Target,
  victimWords,
} from '../../../reports/run/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import { createExec } from '../../process/exec.ts'
import { tellsResources } from '../../process/resources.ts'
import { acceptedPlan, describedTarget } from '../draft/draft.ts'
import { machineFor } from '../draft/machine.ts'
import { acceptedExperiment, FOR_MS, findExperiment } from './draft-experiment.ts'
import { type ExperimentPlanInputs, experimentPlan } from './experiment-plan.ts'
import { onlyUnderLoad } from './only-under-load.ts'
import { planUnderLoad } from './under-load.ts'

export interface ExperimentPlanRequest {
  readonly project: Project
  readonly name: string
  /** as `chaos run` takes it */
  readonly forMs?: number
  /** as its file says to run it, where it does */
  readonly underLoad: boolean
  readonly allowUndecidable: boolean
  readonly seed: number
  readonly target?: string
  readonly json: boolean
}

/** What `chaos run` would do to whom. Nothing is started but the command that describes the target. */
export async function showExperimentPlan(request: ExperimentPlanRequest): Promise<string> {
  const { project, name } = request
  const catalogue = await readCatalogue(project)
  const experiment = findExperiment(catalogue, name)
  const exec = createExec({ runId: 'plan' })
  const target = await describedTarget(project, { exec, projectRoot: project.root }, request.target)
  const machine = await machineFor([experiment], exec)
  const toxiproxy = project.config.chaos?.toxiproxy
  const plan = planAlone(experiment, { target, machine, toxiproxy, tools: {}, catalogue }, request)
  const faults = plan.experiments.flatMap((one) =>
    one.faults.map((fault) => ({
      ...fault,
      hits: hitNow(fault, target),
      allowedBy: allowingRules(fault, target, catalogue.policy),
    })),
  )
  const unasked = plan.load.length === 0 ? onlyUnderLoad(experiment) : []
  if (request.json) return jsonDocument(planDocument(plan, faults, unasked))
  const words = faults.flatMap((fault) => faultInWords(fault))
  return [...head(plan), ...words, ...ends(plan, unasked), ...tail(plan, experiment, request)].join('\n')
}

type Here = Pick<ExperimentPlanInputs, 'target' | 'machine' | 'toxiproxy' | 'tools'> & {
  readonly catalogue: Catalogue
}

/** As `chaos run` would make it: under the experiment's own load, or without any. */
function planAlone(experiment: Experiment, here: Here, request: ExperimentPlanRequest): Plan {
  const { name, forMs, seed, underLoad } = request
  const found = underLoad ? planUnderLoad(experiment, forMs) : undefined
  if (found !== undefined) return acceptedPlan({ found, ...here, request })
  const asked = { seed, forMs: forMs ?? FOR_MS, underLoad: false, nowMs: Date.now() }
  const inputs = { experiment, ...here, ...asked, tellsProcessorWait: tellsResources() }
  return acceptedExperiment(name, experimentPlan(inputs))
}

const planDocument = (
  { name, target, phases, experiments, guards = [], atMostMs }: Plan,
  faults: readonly ShownFault[],
  underLoad: readonly string[],
) => ({
  ...{ schema: 'gauntlet/chaos-plan/1', name, target: target.name, phases, atMostMs },
  hypothesis: experiments.flatMap((one) => one.hypothesis),
  faults,
  checks: experiments.flatMap((one) => one.checks ?? []),
  guards,
  alerts: experiments.flatMap((one) => one.alert ?? []),
  underLoad,
})

interface ShownFault extends PlannedFault {
  readonly hits: readonly string[]
  readonly allowedBy: readonly string[]
}

/** By the target's description; a run aims again when it injects. */
function hitNow(fault: PlannedFault, target: Target): string[] {
  try {
    return plannedFault(fault)
      .aim(target, fault.seed)
      .map(({ victim }) => victimWords(victim))
  } catch (error) {
    if (error instanceof GauntletError) return [] // it does not run, or tells no pids
    throw error
  }
}

function head({ name, title, experiments }: Plan): string[] {
  const probes = experiments.flatMap(({ hypothesis }) => hypothesis)
  return [
    ...wrap(ascii(`${name}: ${title}`)),
    'Nothing is touched by this command.',
    '',
    ...probes.flatMap(({ name: probe, expects }) => named('steady', `${probe}: ${expects}`)),
    '',
  ]
}

function faultInWords({ kind, atMs, forMs, hits, allowedBy, ...words }: ShownFault): string[] {
  const until = forMs === undefined ? 'until it is over' : `for ${duration(forMs)}`
  return [
    ...named('fault', `${kind}, from ${duration(atMs)} ${until}`),
    ...named('  does', words.does),
    ...named('  radius', words.radius),
    ...named('  hits', hits.length === 0 ? 'known once the target runs' : list(hits)),
    ...named('  undo', words.undo),
    ...named('  proof', words.proof),
    ...named('  allowed', allowedBy.join('; ')),
    '',
  ]
}

/** What is asked beside the faults, what ends them early, which alert must fire, and what only counts where there is load. */
function ends({ guards = [], experiments }: Plan, unasked: readonly string[]): string[] {
  const checks = experiments.flatMap((one) => one.checks ?? [])
  const alerts = experiments.flatMap((one) => one.alert ?? [])
  const lines = [
    ...checks.flatMap((check) => named('check', checkWords(check))),
    ...guards.flatMap((guard) => named('guard', guardWords(guard))),
    ...alerts.flatMap((alert) => named('alert', alertDueWords(alert))),
    ...unasked.flatMap((words) => named('under load', words)),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}

function tail(
  { name, load, phases, atMostMs }: Plan,
  { spec }: Experiment,
  { forMs }: ExperimentPlanRequest,
): string[] {
  const driven = `${list(load.map((one) => one.name))}; ${phases.map((one) => `${one.name} ${duration(one.durationMs)}`).join(', ')}`
  const quiet = load.length === 0 && spec.run !== undefined ? ' --no-load' : ''
  return [
    ...(load.length === 0 ? [] : named('load', driven)),
    ...named('length', `at most ${duration(atMostMs)}`),
    ...named(
      'run it',
      `gauntlet chaos run ${name}${quiet}${forMs === undefined ? '' : ` --for ${forMs / 1000}s`}`,
    ),
  ]
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), ' '.repeat(16))
  return [`  ${name.padEnd(14)}${first.trimStart()}`, ...rest]
}
