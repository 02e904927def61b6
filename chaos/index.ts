export { type ExperimentOptions, experimentDriver } from './engine/experiment.ts'
export type { UndoKeeper } from './engine/keeper.ts'
export { selectVictims } from './model/blast-radius.ts'
export { ExperimentFile, readExperiments, toPlannedExperiment } from './model/experiment.ts'
