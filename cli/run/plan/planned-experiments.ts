import { planExperiment } from '../../../chaos/index.ts'
import { policyRefusals } from '../../../chaos/policy/index.ts'
import type { Plan, PlannedExperiment, PlannedPhase } from '../../../reports/run/index.ts'
import { askableObjectives, askableSources } from './askable.ts'
import type { Complaints } from './complaints.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** Those of all phases, each refused where its phase names it. */
export function plannedExperiments(
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
export function checkPolicy(
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
