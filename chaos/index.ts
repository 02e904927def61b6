export { type ExperimentOptions, experimentDriver } from './engine/experiment.ts'
export type { UndoKeeper } from './engine/keeper.ts'
export { whyOutOfReach } from './model/blast-radius.ts'
export { Experiment, parseExperiment, toPlannedExperiment } from './model/experiment.ts'
