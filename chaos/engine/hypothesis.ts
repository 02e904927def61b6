import { Check } from 'typebox/value'
import type {
  Control,
  PlannedExperiment,
  PlannedProbe as ProbeInPlan,
  RunContext,
  Target,
} from '../../reports/run/index.ts'
import { askProbe, PlannedProbe, type ProbeAnswer } from '../probes/index.ts'

export interface SteadyStateOptions {
  readonly experiment: PlannedExperiment
  readonly when: 'before' | 'after'
  readonly control: Control
}

/** Asks every probe and journals what each saw; true when the steady state holds. */
export async function steadyState(
  { experiment, when, control }: SteadyStateOptions,
  context: RunContext,
): Promise<{ readonly held: boolean; readonly seen: string }> {
  const target = await control.describe()
  const answers: ProbeAnswer[] = []
  for (const probe of experiment.hypothesis) {
    const answer = await ask(probe, target, control, context)
    const { held, seen } = answer
    const of = { experiment: experiment.name, when, probe: probe.name }
    await context.record.journal({ kind: 'hypothesis', ...of, held, seen })
    answers.push(answer)
  }
  return {
    held: answers.every((answer) => answer.held),
    seen: answers.map((answer) => answer.seen).join('; '),
  }
}

async function ask(
  { probe }: ProbeInPlan,
  target: Target,
  control: Control,
  context: RunContext,
): Promise<ProbeAnswer> {
  if (!Check(PlannedProbe, probe)) return { held: false, seen: 'a probe of no kind that is known' }
  return askProbe(probe, { target, control, context })
}
