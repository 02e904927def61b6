import { Check } from 'typebox/value'
import type {
  Control,
  PlannedExperiment,
  PlannedProbe as ProbeInPlan,
  RunContext,
  Target,
} from '../../reports/run/index.ts'
import { askProbe, PlannedProbe, type ProbeAnswer } from '../probes/index.ts'
import { tellStill } from './recovery.ts'

const ASK_EVERY_MS = 500

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
  const answers = await askAll({ experiment, control }, context)
  for (const { probe, held, seen } of answers)
    await context.record.journal({ kind: 'hypothesis', experiment: experiment.name, when, probe, held, seen })
  return {
    held: answers.every((answer) => answer.held),
    seen: answers.map((answer) => answer.seen).join('; '),
  }
}

/** Asks again and again, and journals nothing: resolves once the steady state holds, or when it is over. */
export async function steadyAgain(
  { experiment, control }: Omit<SteadyStateOptions, 'when'>,
  over: AbortSignal,
  context: RunContext,
): Promise<void> {
  const sinceUs = context.clock.nowUs()
  while (!over.aborted) {
    const answers = await askAll({ experiment, control }, context).catch((error: unknown) => [
      { held: false, seen: String(error) },
    ])
    const lost = answers.filter(({ held }) => !held).map(({ seen }) => seen)
    if (lost.length === 0) return
    tellStill(lost, sinceUs, context)
    await context.clock.wait(ASK_EVERY_MS, over).catch(() => {})
  }
}

async function askAll(
  { experiment, control }: Omit<SteadyStateOptions, 'when'>,
  context: RunContext,
): Promise<readonly (ProbeAnswer & { readonly probe: string })[]> {
  const target = await control.describe()
  const answers: (ProbeAnswer & { readonly probe: string })[] = []
  for (const probe of experiment.hypothesis)
    answers.push({ ...(await ask(probe, target, control, context)), probe: probe.name })
  return answers
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
