import { containerRules } from '../../../chaos/policy/index.ts'
import { type Complaint, type Plan, parseDuration, type Target } from '../../../reports/run/index.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import { askedAlerts } from './alerts.ts'
import { askableSources, guardable, probedSources } from './askable.ts'
import { checkProbes } from './check-probes.ts'
import { type Complaints, complaintsAbout } from './complaints.ts'
import { checkPower } from './decidability.ts'
import { askedGuards } from './guards.ts'
import { alertEntries, guardEntries, namedExperiments } from './named-experiments.ts'
import { askedObjectives } from './objectives.ts'
import { checkPhases, loadLengthMs, longestMs, plannedPhases } from './phases.ts'
import type { PlanInputs } from './plan-inputs.ts'
import { plannedAudits } from './planned-audits.ts'
import { checkPolicy, plannedExperiments } from './planned-experiments.ts'
import { plannedLoad } from './planned-load.ts'
import { thresholds } from './thresholds.ts'

export interface PlanResult {
  readonly plan: Plan
  /** why it is refused; empty when it may run */
  readonly complaints: readonly Complaint[]
}

/** Resolves names and times into what a run will do. Pure: nothing is touched. All mistakes at once. */
export function makePlan(inputs: PlanInputs): PlanResult {
  const { file, document } = inputs.plan
  const complaints = complaintsAbout(document)
  const phases = plannedPhases(file.spec)
  checkPhases(phases, complaints, { allowShort: inputs.allowUndecidable })
  const load = plannedLoad(file, loadLengthMs(phases), inputs, complaints)
  const audits = plannedAudits(phases, inputs, complaints)
  const surroundings = { phases, slos: inputs.catalogue.objectives, complaints }
  const { asked, sources } = askedObjectives(file.spec.objectives, surroundings)
  const experiments = plannedExperiments(
    { phases, load, objectives: asked.map((one) => one.planned) },
    inputs,
    complaints,
  )
  checkPolicy(experiments, phases, inputs, complaints)
  const named = namedExperiments(phases, inputs.catalogue)
  const askable = {
    sources: askableSources(inputs.catalogue.sources),
    objectives: guardable(asked.map((one) => one.planned)),
  }
  const place = { target: inputs.target, ...askable, tellsProcessorWait: inputs.machineTellsResources }
  const { guards, watched } = askedGuards(guardEntries(file, named), asked, { ...surroundings, place })
  const alerting = askedAlerts(alertEntries(named, experiments), [...asked, ...watched], surroundings)
  const objectives = [...asked, ...watched, ...alerting.watched].map((one) => one.planned)
  const allowed = (file.spec.allowProtected ?? []).map(({ name }) => name)
  const forContainers = containerRules(experiments, inputs.catalogue.policy, allowed)
  const asksBesides = probedSources(experiments, guards, inputs.catalogue)
  const allSources = [...new Map([...sources, ...asksBesides].map((one) => [one.name, one])).values()]
  checkProbes(asked, inputs, complaints)
  const drain = plannedDrain(file, inputs.target, complaints)
  const plan: Plan = {
    schema: 'gauntlet/plan/2',
    name: file.metadata.name,
    title: file.metadata.title,
    why: file.metadata.why,
    seed: inputs.seed,
    target: inputs.target,
    tools: inputs.tools,
    load,
    phases,
    ...(drain === undefined ? {} : { drain }),
    experiments: experiments.map((one) => {
      const alert = alerting.alerts.get(one.name)
      return alert === undefined ? one : { ...one, alert }
    }),
    audits,
    objectives,
    ...(allSources.length === 0 ? {} : { sources: allSources }),
    ...(guards.length === 0 ? {} : { guards: [...guards] }),
    ...(inputs.toxiproxy === undefined ? {} : { toxiproxy: inputs.toxiproxy }),
    ...(forContainers === undefined ? {} : { containerRules: forContainers }),
    thresholdsMs: thresholds(objectives),
    atMostMs: longestMs(phases, drain?.atMostMs ?? 0),
  }
  if (!inputs.allowUndecidable && complaints.all.length === 0) checkPower(plan, asked, complaints)
  return { plan, complaints: complaints.all }
}

function plannedDrain({ spec }: PlanFile, target: Target, complaints: Complaints): Plan['drain'] {
  if (spec.drain === undefined) return undefined
  const known = new Map(target.facts.map((one) => [one.name, one]))
  complaints.pick('fact', known, spec.drain.fact, ['spec', 'drain', 'fact'])
  if (target.control === undefined)
    complaints.add(
      ['spec', 'drain'],
      `${target.name} offers no control, so nobody can ask for its ${spec.drain.fact}`,
      'describe target.control, as in reports/run/target.schema.json',
    )
  return { atMostMs: parseDuration(spec.drain.atMost) ?? 0, fact: spec.drain.fact }
}
