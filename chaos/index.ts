export { lookForPrlimit } from './drivers/local/descriptors/index.ts'
export { lookForDocker } from './drivers/local/docker/index.ts'
export { lookAtMachine } from './drivers/local/netem/index.ts'
export { lookForSlowDisk, lookHere } from './drivers/local/slow-disk/index.ts'
export { experimentDriver } from './engine/experiment.ts'
export type { ExperimentOptions } from './engine/experiment-run.ts'
export type { CarrierName, UndoKeeper } from './engine/keeper.ts'
export { type Experiment, ExperimentFile, parseExperiment, parseExperimentValue } from './model/experiment.ts'
export { Alert, Guard, guardMistakes } from './model/guard.ts'
export type { Machine } from './model/machine.ts'
export { planExperiment } from './model/plan-experiment.ts'
export { type GuardPlace, planGuard } from './model/plan-guard.ts'
export {
  type AskableObjective,
  type AskableSource,
  type AskObjective,
  asPlanned,
  type OpenedSource,
} from './probes/index.ts'
