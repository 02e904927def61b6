export { lookForPrlimit } from './drivers/local/descriptors/index.ts'
export { lookForDocker } from './drivers/local/docker/index.ts'
export { lookAtMachine } from './drivers/local/netem/index.ts'
export { lookForSlowDisk, lookHere } from './drivers/local/slow-disk/index.ts'
export { experimentDriver } from './engine/experiment.ts'
export type { ExperimentOptions } from './engine/experiment-run.ts'
export type { UndoKeeper } from './engine/keeper.ts'
export {
  type AddedFault,
  addFaults,
  type CarrierName,
  defineFault,
  faultByRequest,
  type OwnFault,
} from './faults/index.ts'
export { type Experiment, ExperimentFile, parseExperiment, parseExperimentValue } from './model/experiment.ts'
export { Alert, Guard, guardMistakes } from './model/guard.ts'
export type { Machine } from './model/machine.ts'
export { planExperiment } from './planning/plan-experiment.ts'
export { type GuardPlace, planGuard } from './planning/plan-guard.ts'
export {
  type AnyProbeKind,
  type AskableObjective,
  type AskableSource,
  type AskObjective,
  addProbeKinds,
  asPlanned,
  defineProbe,
  type OpenedSource,
  type OwnProbe,
} from './probes/index.ts'
