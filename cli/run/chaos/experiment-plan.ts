import { type GuardPlace, planExperiment, planGuard } from '../../../chaos/index.ts'
import type { Experiment } from '../../../chaos/model/experiment.ts'
import { containerRules, policyRefusals } from '../../../chaos/policy/index.ts'
import type { Plan, PlannedExperiment, PlannedGuard } from '../../../reports/run/index.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import { type AskableAlone, askableAlone, askableUnderLoad } from '../asking/askable-alone.ts'
import {
  askableSources,
  guardable,
  longestAskedMs,
  objectivesProbed,
  probedSources,
} from '../plan/askable.ts'
import { longestMs } from '../plan/phases.ts'
import type { PlanSetting } from '../plan/plan-setting.ts'

export interface ExperimentPlanInputs extends PlanSetting {
  readonly experiment: Experiment
  /** it is shown only, and will be run under its own load: whether that is enough for its probes is seen then */
  readonly underLoad: boolean
  /** how long the fault is on, unless it says so itself */
  readonly forMs: number
  /** whether this system tells how long a program waits for a processor */
  readonly tellsProcessorWait: boolean
  /** people take the fault back */
  readonly faultOnly?: boolean
  readonly catalogue: Pick<Catalogue, 'policy' | 'sources' | 'objectives'>
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
  const { experiment, target, tools, seed, machine, toxiproxy, forMs, catalogue } = inputs
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
  const alone = askableAlone(catalogue, fault)
  const objectives = inputs.underLoad ? askableUnderLoad(experiment) : alone.askable
  const { planned, refusals } = planExperiment(experiment, {
    ...{ phase: fault, target, seed, machine, hasToxiproxy: toxiproxy !== undefined },
    ...{ sources: askableSources(catalogue.sources), objectives },
  })
  const { guards, refusals: unguarded } = guardsOf(experiment, {
    ...inputs,
    sources: askableSources(catalogue.sources),
    objectives: guardable(alone.objectives),
  })
  const { policy } = catalogue
  // without a plan file nobody says why something protected may be hit
  const allowProtected: readonly string[] = []
  const rules = containerRules([planned], policy, allowProtected)
  const plan: Plan = {
    ...{ schema: 'gauntlet/plan/2', name, title, why, seed, target, tools },
    ...{ load: [], phases, audits: [], objectives: [], thresholdsMs: [] },
    experiments: [ofPeople(planned, inputs)],
    ...(guards.length === 0 ? {} : { guards: [...guards] }),
    ...askedBesides(planned, guards, alone, catalogue),
    ...(toxiproxy === undefined ? {} : { toxiproxy }),
    ...(rules === undefined ? {} : { containerRules: rules }),
    atMostMs: longestMs(phases, 0) + planned.rollbackWithinMs + longestAskedMs(planned),
  }
  const scene = { target, phases, allowProtected, nowMs: inputs.nowMs }
  const forbidden = policy === undefined ? [] : policyRefusals(plan.experiments, policy, scene)
  return { plan, refusals: [...refusals, ...unguarded, ...forbidden] }
}

const ofPeople = (planned: PlannedExperiment, { faultOnly }: ExperimentPlanInputs): PlannedExperiment =>
  faultOnly ? { ...planned, faultOnly } : planned

/** The objectives that its probes ask for, and the data sources of both. */
function askedBesides(
  planned: PlannedExperiment,
  guards: readonly PlannedGuard[],
  { objectives, sources }: AskableAlone,
  catalogue: Pick<Catalogue, 'sources'>,
): Pick<Plan, 'probed' | 'sources'> {
  const names = objectivesProbed(planned)
  const probed = objectives.filter(({ name }) => names.includes(name))
  const own = sources.filter(({ name }) => probed.some(({ total }) => total.source === name))
  const all = new Map([...own, ...probedSources([planned], guards, catalogue)].map((one) => [one.name, one]))
  return {
    ...(probed.length === 0 ? {} : { probed }),
    ...(all.size === 0 ? {} : { sources: [...all.values()] }),
  }
}
