import { type GuardPlace, type Machine, planExperiment, planGuard } from '../../../chaos/index.ts'
import type { Experiment } from '../../../chaos/model/experiment.ts'
import { containerRules, type Policy, policyRefusals } from '../../../chaos/policy/index.ts'
import type { Plan, PlannedExperiment, PlannedGuard, Target } from '../../../reports/run/index.ts'
import { longestMs } from '../plan.ts'

export interface ExperimentPlanInputs {
  readonly experiment: Experiment
  readonly target: Target
  readonly tools: Plan['tools']
  readonly seed: number
  /** what it has for faults; left out: nobody looked, as nothing asks for it */
  readonly machine?: Machine | undefined
  /** the control address of a Toxiproxy of the user's */
  readonly toxiproxy?: string | undefined
  /** how long the fault is on, unless it says so itself */
  readonly forMs: number
  /** whether this system tells how long a program waits for a processor */
  readonly tellsProcessorWait: boolean
  /** people take the fault back */
  readonly faultOnly?: boolean
  readonly policy?: Policy | undefined
  /** when it would start, ms since 1970 */
  readonly nowMs: number
}

/** Long enough to tell before, during and after apart in a record. */
const QUIET_MS = 2_000

export interface ExperimentPlan {
  readonly plan: Plan
  /** why it is refused, each with what would make it possible; empty when it may run */
  readonly refusals: readonly { readonly why: string; readonly hint: string }[]
}

/** Those on probes and on the machine: without load no objective burns its budget. */
function guardsOf({ metadata, spec }: Experiment, place: GuardPlace) {
  const asked = (spec.guard?.abortWhen ?? []).map((guard) => planGuard(guard, place))
  const guards = asked.flatMap(({ planned }): PlannedGuard[] =>
    planned === undefined ? [] : [{ ...planned, experiment: metadata.name }],
  )
  return { guards, refusals: asked.flatMap((one) => one.refusals) }
}

/** One experiment alone as a plan like any other: before, fault, after, without load and without objectives. Pure. */
export function experimentPlan(inputs: ExperimentPlanInputs): ExperimentPlan {
  const { experiment, target, tools, seed, machine, toxiproxy, forMs } = inputs
  const { name, title, why } = experiment.metadata
  const quiet = { judged: false, load: false, experiments: [], audits: [] }
  const fault = {
    ...quiet,
    ...{ name: 'fault', startMs: QUIET_MS, durationMs: forMs, experiments: [name] },
  }
  const phases = [
    { ...quiet, name: 'before', startMs: 0, durationMs: QUIET_MS },
    fault,
    { ...quiet, name: 'after', startMs: QUIET_MS + forMs, durationMs: QUIET_MS },
  ]
  const { planned, refusals } = planExperiment(experiment, {
    ...{
      phase: fault,
      target,
      seed,
      machine,
      hasToxiproxy: toxiproxy !== undefined,
      sources: [],
      objectives: [],
    },
  })
  const { guards, refusals: unguarded } = guardsOf(experiment, { ...inputs, sources: [], objectives: [] })
  // without a plan file nobody says why something protected may be hit
  const allowProtected: readonly string[] = []
  const rules = containerRules([planned], inputs.policy, allowProtected)
  const plan: Plan = {
    ...{ schema: 'gauntlet/plan/2', name, title, why, seed, target, tools },
    ...{ load: [], phases, audits: [], objectives: [], thresholdsMs: [] },
    experiments: [ofPeople(planned, inputs)],
    ...(guards.length === 0 ? {} : { guards: [...guards] }),
    ...(toxiproxy === undefined ? {} : { toxiproxy }),
    ...(rules === undefined ? {} : { containerRules: rules }),
    atMostMs: longestMs(phases, 0) + planned.rollbackWithinMs,
  }
  const scene = { target, phases, allowProtected, nowMs: inputs.nowMs }
  const forbidden = inputs.policy === undefined ? [] : policyRefusals(plan.experiments, inputs.policy, scene)
  return { plan, refusals: [...refusals, ...unguarded, ...forbidden] }
}

const ofPeople = (planned: PlannedExperiment, { faultOnly }: ExperimentPlanInputs): PlannedExperiment =>
  faultOnly ? { ...planned, faultOnly } : planned
