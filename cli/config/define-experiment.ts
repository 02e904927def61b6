import type { Experiment } from '../../chaos/index.ts'

/** Types an experiment for the editor, as the default export of a `*.experiment.ts`; it is checked when it is loaded. */
export function defineExperiment(experiment: Experiment): Experiment {
  return experiment
}
