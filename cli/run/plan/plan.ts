import { planExperiment } from '../../../chaos/index.ts'
import { containerRules, policyRefusals } from '../../../chaos/policy/index.ts'
import {
  BYTES_PER_VU,
  type Complaint,
  type Measure,
  mostVus,
  type Plan,
  type PlannedAudit,
  type PlannedExperiment,
  type PlannedLoad,
  type PlannedObjective,
  type PlannedPhase,
  parseDuration,
  type Target,
} from '../../../reports/run/index.ts'
import { toPlannedAudit, toPlannedLoad } from '../../../scenarios/model/index.ts'
import { thresholdOf } from '../../../slo/sources/index.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { PlanDocument, PlanFile } from '../../config/plan-file.ts'
import { askedAlerts } from './alerts.ts'
import { askableObjectives, askableSources, guardable, probedSources } from './askable.ts'
import { checkProbes } from './check-probes.ts'
import { type Complaints, complaintsAbout } from './complaints.ts'
import { checkPower } from './decidability.ts'
import { askedGuards } from './guards.ts'
import { alertEntries, guardEntries, namedExperiments } from './named-experiments.ts'
import { askedObjectives } from './objectives.ts'
import { checkPhases, loadLengthMs, plannedPhases } from './phases.ts'
import type { PlanSetting } from './plan-setting.ts'

export interface PlanInputs extends PlanSetting {
  readonly plan: PlanDocument
  /** without complaints: what a plan names is there */
  readonly catalogue: Catalogue
  readonly machineMemoryBytes: number
  /** whether the memory, files and CPU of a process can be read here */
  readonly machineTellsResources: boolean
  /** also takes phases too short and objectives without enough events to be decided */
  readonly allowUndecidable: boolean
}

export interface PlanResult {
  readonly plan: Plan
  /** why it is refused; empty when it may run */
  readonly complaints: readonly Complaint[]
}

/** 15 s on top of the load: k6 waits that long for requests in flight. */
const LOAD_GRACE_MS = 15_000
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

function plannedLoad(
  file: PlanFile,
  durationMs: number,
  inputs: PlanInputs,
  complaints: Complaints,
): PlannedLoad[] {
  const { scenarios, journeys } = inputs.catalogue
  const load = (file.spec.load ?? []).map((entry) => {
    const scenario = scenarios.get(entry.scenario)!
    const { path, sha256 } = journeys.get(scenario.spec.journey)!
    const { addresses } = inputs.target
    return toPlannedLoad(scenario, { durationMs, journey: path, journeySha256: sha256, addresses })
  })
  const bytes = load.reduce((sum, one) => sum + mostVus(one), 0) * BYTES_PER_VU
  if (bytes > inputs.machineMemoryBytes / 2)
    complaints.add(
      ['spec', 'load'],
      `its virtual users take ${Math.round(bytes / 2 ** 20)} MiB, more than half of this machine's memory`,
      'lower a rate or a time-out: users = rate × time-out',
    )
  if (load.length > 0 && durationMs === 0) complaints.add(['spec', 'phases'], 'no phase has the load on')
  return load
}

function plannedExperiments(
  { phases, load, objectives }: Pick<Plan, 'phases' | 'load' | 'objectives'>,
  inputs: PlanInputs,
  complaints: Complaints,
): PlannedExperiment[] {
  return phases.flatMap((phase, n) =>
    phase.experiments.map((name, m) => {
      const { target, seed, machine, toxiproxy } = inputs
      const hasToxiproxy = toxiproxy !== undefined
      const askable = {
        sources: askableSources(inputs.catalogue.sources),
        objectives: askableObjectives(objectives, { phases, load }, phase),
      }
      const place = { phase, target, seed, machine, hasToxiproxy, ...askable }
      const { planned, refusals } = planExperiment(inputs.catalogue.experiments.get(name)!, place)
      for (const refusal of refusals)
        complaints.add(['spec', 'phases', n, 'experiments', m], refusal.why, refusal.hint)
      return planned
    }),
  )
}

/** Each refusal is told of where the plan names the experiment. */
function checkPolicy(
  experiments: readonly PlannedExperiment[],
  phases: readonly PlannedPhase[],
  { catalogue, target, nowMs, plan }: PlanInputs,
  complaints: Complaints,
): void {
  if (catalogue.policy === undefined) return
  const allowProtected = (plan.file.spec.allowProtected ?? []).map(({ name }) => name)
  const scene = { target, phases, allowProtected, nowMs }
  for (const { experiment, why, hint } of policyRefusals(experiments, catalogue.policy, scene)) {
    const n = phases.findIndex((one) => one.experiments.includes(experiment))
    const m = phases[n]?.experiments.indexOf(experiment) ?? 0
    complaints.add(['spec', 'phases', n, 'experiments', m], `${experiment}: ${why}`, hint)
  }
}

function plannedAudits(
  phases: readonly PlannedPhase[],
  inputs: PlanInputs,
  complaints: Complaints,
): PlannedAudit[] {
  const planned = phases.flatMap((phase, n) =>
    phase.audits.flatMap((name, m) => {
      const audit = inputs.catalogue.audits.get(name)!
      const { addresses, name: target } = inputs.target
      const one = toPlannedAudit(audit, addresses)
      if (one !== undefined) return [one]
      complaints.add(
        ['spec', 'phases', n, 'audits', m],
        `${target} has no address "${audit.spec.address}"`,
        `it has ${Object.keys(addresses).join(', ')}`,
      )
      return []
    }),
  )
  return [...new Map(planned.map((one) => [one.name, one])).values()]
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

/** Every value at which the stream must count exactly, ascending. */
export function thresholds(objectives: readonly PlannedObjective[]): number[] {
  const asked = objectives
    .flatMap((one) => [one, ...(one.members ?? [])])
    .flatMap(({ total, good, bad }) => [total, good, bad].flatMap((measure) => measure && countedAt(measure)))
    .filter((one) => one !== undefined)
  // as the stream writes them: without a sign or an exponent
  return [...new Set(asked)].filter((one) => /^[0-9.]+$/.test(String(one))).sort((a, b) => a - b)
}

function countedAt(one: Measure): number | undefined {
  if (one.measure === 'fact') return undefined
  const isStreamed = one.measure === 'request' || one.measure === 'iteration' || one.measure === 'metric'
  return isStreamed ? thresholdOf(one)?.threshold : one.withinMs
}

/** The most that phases placed in time can take; those after the load come after the longest drain already. */
export function longestMs(phases: readonly PlannedPhase[], drainMs: number): number {
  const last = phases.at(-1)
  if (last === undefined) return 0
  const endMs = last.startMs + last.durationMs
  return last.load ? endMs + LOAD_GRACE_MS + drainMs : endMs + LOAD_GRACE_MS
}
