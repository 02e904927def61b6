import type { Control, PlannedExperiment, PlannedProbe, RunContext } from '../../reports/run/index.ts'
import { labelsInWords, withLabels } from '../model/blast-radius.ts'

/** Asks every probe and journals what each saw; true when the steady state holds. */
export async function steadyState(
  {
    experiment,
    when,
    control,
  }: { experiment: PlannedExperiment; when: 'before' | 'after'; control: Control },
  context: RunContext,
): Promise<{ readonly held: boolean; readonly seen: string }> {
  const answers = []
  for (const probe of experiment.hypothesis) {
    const answer = await ask(probe, control, context)
    await context.record.journal({
      kind: 'hypothesis',
      experiment: experiment.name,
      when,
      probe: probe.name,
      ...answer,
    })
    answers.push(answer)
  }
  return {
    held: answers.every((answer) => answer.held),
    seen: answers.map((answer) => answer.seen).join('; '),
  }
}

async function ask(probe: PlannedProbe, control: Control, { exec }: RunContext) {
  const target = await control.describe()
  const alive = withLabels(target, probe.labels).filter(
    ({ pid, startedAt, state }) =>
      state !== 'stopped' && pid !== undefined && startedAt !== undefined && exec.isAlive({ pid, startedAt }),
  )
  const seen = `${alive.length} alive with ${labelsInWords(probe.labels)}, at least ${probe.atLeast} expected`
  return { held: alive.length >= probe.atLeast, seen }
}
