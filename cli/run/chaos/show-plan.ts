import type { Experiment } from '../../../chaos/index.ts'
import { plannedFault } from '../../../chaos/model/planned-fault.ts'
import { allowingRules } from '../../../chaos/policy/index.ts'
import { jsonDocument } from '../../../reports/render/index.ts'
import { ascii, wrap } from '../../../reports/render/plain.ts'
import {
  alertDueWords,
  duration,
  GauntletError,
  guardWords,
  list,
  type Plan,
  type PlannedCheck,
  type PlannedFault,
  type Target,
  victimWords,
} from '../../../reports/run/index.ts'
import { readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import { createExec } from '../../process/exec.ts'
import { tellsResources } from '../../process/resources.ts'
import { plannedAlert } from '../alerts.ts'
import { describedTarget } from '../draft.ts'
import { machineFor } from '../machine.ts'
import { acceptedExperiment, findExperiment } from './draft-experiment.ts'
import { experimentPlan } from './experiment-plan.ts'

export interface ExperimentPlanRequest {
  readonly project: Project
  readonly name: string
  readonly forMs: number
  readonly seed: number
  readonly target?: string
  readonly json: boolean
}

/** What `chaos run` would do to whom. Nothing is started but the command that describes the target. */
export async function showExperimentPlan(request: ExperimentPlanRequest): Promise<string> {
  const { project, name, forMs, seed } = request
  const catalogue = await readCatalogue(project)
  const experiment = findExperiment(catalogue, name)
  const exec = createExec({ runId: 'plan' })
  const target = await describedTarget(project, { exec, projectRoot: project.root }, request.target)
  const machine = await machineFor([experiment], exec)
  const { policy } = catalogue
  const toxiproxy = project.config.chaos?.toxiproxy
  const here = { target, machine, toxiproxy, tools: {} }
  const inputs = {
    ...{ experiment, ...here, catalogue, underLoad: experiment.spec.run !== undefined },
    ...{ seed, forMs, tellsProcessorWait: tellsResources(), nowMs: Date.now() },
  }
  const plan = acceptedExperiment(name, experimentPlan(inputs))
  const faults = plan.experiments.flatMap((one) =>
    one.faults.map((fault) => ({
      ...fault,
      hits: hitNow(fault, target),
      allowedBy: allowingRules(fault, target, policy),
    })),
  )
  if (request.json)
    return jsonDocument({
      ...{ schema: 'gauntlet/chaos-plan/1', name, target: target.name, faults },
      ...{ guards: plan.guards ?? [], underLoad: underLoad(experiment) },
    })
  const words = faults.flatMap((fault) => faultInWords(fault))
  return [...head(plan), ...words, ...ends(plan, experiment), ...tail(plan)].join('\n')
}

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

/** What is asked beside the faults, what ends them early, and what only counts where there is load. */
function ends({ guards = [], experiments }: Plan, experiment: Experiment): string[] {
  const checks = experiments.flatMap((one) => one.checks ?? [])
  const lines = [
    ...checks.flatMap((check) => named('check', checkWords(check))),
    ...guards.flatMap((guard) => named('guard', guardWords(guard))),
    ...underLoad(experiment).flatMap((words) => named('under load', words)),
  ]
  return lines.length === 0 ? [] : [...lines, '']
}

function checkWords({ name, expects, mode, atMs, forMs, everyMs, ...check }: PlannedCheck): string {
  const { successes, failures, aborts } = check
  const known = mode === 'synchronous' ? `, ${successes} times in a row` : ''
  const asked = `${name}: ${expects}${known}, asked every ${duration(everyMs)} from ${duration(atMs)} for ${duration(forMs)}`
  return aborts ? `${asked}; ${failures} failures in a row end the run` : asked
}

/** Guards and an alert on objectives: without load nobody keeps or breaks a promise. */
function underLoad({ spec }: Experiment): string[] {
  const guards = (spec.guard?.abortWhen ?? []).flatMap(({ slo, burnRate, for: length }) =>
    slo === undefined ? [] : [`ends when ${slo} burns its budget ${burnRate} times too fast for ${length}`],
  )
  const { alert } = spec
  return alert === undefined ? guards : [...guards, alertDueWords(plannedAlert(alert, alert.slo))]
}

const tail = ({ name, atMostMs }: Plan): string[] => [
  ...named('length', `at most ${duration(atMostMs)}`),
  ...named('run it', `gauntlet chaos run ${name}`),
]

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), ' '.repeat(16))
  return [`  ${name.padEnd(14)}${first.trimStart()}`, ...rest]
}
