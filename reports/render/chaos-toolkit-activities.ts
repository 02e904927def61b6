import type { PlannedExperiment, PlannedProbe } from '../run/plan.ts'
import { faultWords } from '../run/words/fault-words.ts'

/** What Chaos Toolkit knows of an action or a probe: all of ours are carried out by the program `gauntlet`. */
export interface Activity {
  readonly type: 'action' | 'probe'
  readonly name: string
  readonly provider: {
    readonly type: 'process'
    readonly path: 'gauntlet'
    /** in words: what a probe sends or a manifest patches may be secret, and nobody is to run this again from here */
    readonly arguments: Readonly<Record<string, string>>
  }
  readonly tolerance?: { readonly type: 'regex'; readonly pattern: string }
}

const activity = (
  type: Activity['type'],
  name: string,
  words: Activity['provider']['arguments'],
): Activity => ({ type, name, provider: { type: 'process', path: 'gauntlet', arguments: words } })

/** The output of a probe that held begins so. */
export const HELD = 'held: '

export const checkProbe = ({ name, expects }: Pick<PlannedProbe, 'name' | 'expects'>): Activity =>
  activity('probe', name, { expects })

export const hypothesisProbe = (probe: PlannedProbe): Activity => ({
  ...checkProbe(probe),
  tolerance: { type: 'regex', pattern: `^${HELD}` },
})

/** What an experiment does and undoes, each with the probe that proves it. */
export interface ExperimentActivities {
  readonly inject: Activity
  readonly prove: Activity
  /** of a workflow, beside its faults */
  readonly checks: readonly Activity[]
  readonly undo: Activity
  readonly proveGone: Activity
}

/** One of each for all faults of an experiment: the journal does not say which injection is of which fault. */
export function activitiesOf(experiment: PlannedExperiment): ExperimentActivities {
  const { name, faults, checks = [] } = experiment
  const { does, undo, proof } = faultWords(experiment)
  const radius = [...new Set(faults.map((fault) => fault.radius))].join('; ')
  return {
    inject: activity('action', name, { does, radius }),
    prove: activity('probe', `${name}-proof`, { proof }),
    checks: checks.map(checkProbe),
    undo: activity('action', `${name}-undo`, { undo }),
    proveGone: activity('probe', `${name}-gone`, { proof }),
  }
}
