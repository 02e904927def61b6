import type { Control, PlannedExperiment } from '../../reports/run/index.ts'
import type { UndoKeeper } from './keeper.ts'

export interface ExperimentOptions {
  readonly control: Control
  readonly keeper: UndoKeeper
}

/** An experiment whose phase has begun. */
export interface ExperimentRun extends ExperimentOptions {
  readonly experiment: PlannedExperiment
  /** aborts when the phase is over, and with it every fault */
  readonly over: AbortSignal
  readonly startUs: number
  /** RUN/EXPERIMENT/N, another one each time */
  nextId(): string
}
