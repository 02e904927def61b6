export { lookAtMachine } from './drivers/local/netem/look-at-machine.ts'
export { experimentDriver } from './engine/experiment.ts'
export type { ExperimentOptions } from './engine/experiment-run.ts'
export type { CarrierName, UndoKeeper } from './engine/keeper.ts'
export {
  type Experiment,
  type Experiment,
  ExperimentFile,
  ExperimentFile,
  parseExperiment,
  parseExperiment,
  parseExperimentValue,
} from './model/experiment.ts'
export type { Machine } from './model/machine.ts'
export { planExperiment } from './model/plan-experiment.ts'
