import {
  type Control,
  GauntletError,
  type PlannedExperiment,
  type PlannedProbe as ProbeInPlan,
  type RunContext,
  type Target,
} from '../../reports/run/index.ts'
import { askProbe, isPlannedProbe, type ProbeAnswer, type ProbeScene } from '../probes/index.ts'
import { tellStill } from './recovery.ts'

const ASK_EVERY_MS = 500

export interface SteadyStateOptions {
  readonly experiment: PlannedExperiment
  readonly when: 'before' | 'after'
  readonly control: Control
  readonly asking?: Pick<ProbeScene, 'sources' | 'objectives'> | undefined
}

/** Asks every probe and journals what each saw; true when it holds. Afterwards nothing that was before counts. */
export async function steadyState(
  { experiment, when, control, asking }: SteadyStateOptions,
  context: RunContext,
): Promise<{ readonly held: boolean; readonly seen: string }> {
  const since = when === 'after' ? { sinceUs: context.clock.nowUs() } : {}
  const answers = await askAll({ experiment, control, asking }, context, since)
  for (const { probe, held, seen } of answers)
    await context.record.journal({ kind: 'hypothesis', experiment: experiment.name, when, probe, held, seen })
  return {
    held: answers.every((answer) => answer.held),
    seen: answers.map((answer) => answer.seen).join('; '),
  }
}

/** Asks again and again, and journals nothing: resolves once the steady state holds, or when it is over. */
export async function steadyAgain(
  { experiment, control, asking }: Omit<SteadyStateOptions, 'when'>,
  over: AbortSignal,
  context: RunContext,
): Promise<void> {
  const sinceUs = context.clock.nowUs()
  while (!over.aborted) {
    const answers = await askAll({ experiment, control, asking }, context).catch((error: unknown) => [
      { held: false, seen: String(error) },
    ])
    const lost = answers.filter(({ held }) => !held).map(({ seen }) => seen)
    if (lost.length === 0) return
    tellStill(lost, sinceUs, context)
    await context.clock.wait(ASK_EVERY_MS, over).catch(() => {})
  }
}

async function askAll(
  { experiment, control, asking }: Omit<SteadyStateOptions, 'when'>,
  context: RunContext,
  since: Pick<ProbeScene, 'sinceUs'> = {},
): Promise<readonly (ProbeAnswer & { readonly probe: string })[]> {
  const target = await describedNow(control)
  const answers: (ProbeAnswer & { readonly probe: string })[] = []
  for (const probe of experiment.hypothesis) {
    const answer =
      typeof target === 'string'
        ? { held: false, seen: target }
        : await ask(probe, { target, control, context, ...asking, ...since })
    answers.push({ ...answer, probe: probe.name })
  }
  return answers
}

/** Or why it tells nothing, in words: a target that is gone is in no steady state. */
async function describedNow(control: Control): Promise<Target | string> {
  try {
    return await control.describe()
  } catch (error) {
    if (error instanceof GauntletError) return error.message
    throw error
  }
}

async function ask({ probe }: ProbeInPlan, scene: ProbeScene): Promise<ProbeAnswer> {
  if (!isPlannedProbe(probe)) return { held: false, seen: 'a probe of no kind that is known' }
  return askProbe(probe, scene)
}
