import { type AskObjective, asPlanned, type OpenedSource } from '../../../../chaos/index.ts'
import type { Plan, Recorder, RunContext } from '../../../../reports/run/index.ts'
import { openedHttp } from '../source-keys.ts'
import { objectiveAsker } from './ask-objective.ts'
import { evidenceSoFar } from './evidence-so-far.ts'

/** What the probes of a run may ask besides its target. */
export interface Asking {
  readonly sources: readonly OpenedSource[]
  readonly objectives?: AskObjective
}

export interface AskingRun {
  readonly asking: Asking
  /** in place of the context's: what is written down is kept for whoever asks for an objective */
  readonly record: Recorder
}

/** Without a probe of an objective nothing is kept. */
export function askingIn(plan: Plan, context: RunContext): AskingRun {
  const sources = (plan.sources ?? []).map((source) => ({ source, http: openedHttp(source, context.http) }))
  const isAsked = plan.experiments
    .flatMap(({ hypothesis }) => hypothesis.flatMap(asPlanned))
    .some(({ kind }) => kind === 'objective')
  if (!isAsked) return { asking: { sources }, record: context.record }
  const soFar = evidenceSoFar(plan, context)
  return {
    asking: { sources, objectives: objectiveAsker(plan, soFar.record, context) },
    record: soFar.recorder,
  }
}
