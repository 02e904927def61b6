import type { ContainerRules, Control, PlannedExperiment } from '../../reports/run/index.ts'
import type { SharedByFaults, Surroundings } from '../faults/index.ts'
import type { ProbeScene } from '../probes/index.ts'
import type { UndoKeeper } from './keeper.ts'

export interface ExperimentOptions {
  readonly control: Control
  /** what probes may ask besides the target */
  readonly asking?: Pick<ProbeScene, 'sources' | 'objectives'>
  readonly keeper: UndoKeeper
  /** the control address of a Toxiproxy that the user runs; left out: links go through our own proxy */
  readonly toxiproxy?: string | undefined
  /** where Docker listens, as in DOCKER_HOST; left out: at its usual place */
  readonly dockerHost?: string | undefined
  /** what the policy says of containers; left out: nothing */
  readonly containerRules?: ContainerRules | undefined
}

/** An experiment whose phase has begun. */
export interface ExperimentRun extends ExperimentOptions {
  readonly experiment: PlannedExperiment
  /** aborts when the phase is over, and with it every fault */
  readonly over: AbortSignal
  readonly startUs: number
  readonly shared: SharedByFaults
  readonly around: Surroundings
  /** RUN/EXPERIMENT/N, another one each time */
  nextId(): string
}

/** Its method at work. */
export interface MethodRun extends ExperimentRun {
  /** aborts, and `over` with it, when a status check ends the method before its time */
  readonly givenUp: AbortSignal
}
