import {
  type Control,
  GauntletError,
  type PlannedExperiment,
  type RunContext,
  type Undo,
  type Victim,
} from '../../reports/run/index.ts'
import { faultKind, type InjectedFault } from '../faults/index.ts'
import type { UndoKeeper } from './keeper.ts'

/** One fault at one victim. */
export interface Injection {
  readonly experiment: PlannedExperiment
  /** RUN/EXPERIMENT/N */
  readonly id: string
  readonly victim: Victim
  readonly control: Control
  readonly keeper: UndoKeeper
}

export interface FaultOn {
  readonly injection: Injection
  readonly fault: InjectedFault
  /** the keeper's id of the undo */
  readonly held: string
}

export const headOf = ({ id, experiment }: Injection) => ({ injection: id, experiment: experiment.name })

/**
 * The undo is held and written before the fault is applied: a crash between these lines still leaves the way back.
 * Nothing is awaited after it, so that what is on is always known to be on.
 */
export async function inject(injection: Injection, context: RunContext): Promise<FaultOn> {
  const { experiment, victim, control, keeper } = injection
  const kind = faultKind(experiment.fault.kind)
  const undo: Undo = kind.wayBack(victim, control)
  const head = headOf(injection)
  const held = await keeper.hold({ kind: 'fault', undo, ...head })
  await context.record.journal({ kind: 'fault-injecting', ...head, victims: [victim], undo })
  if (!keeper.isWatching()) throw leaseLost(experiment)
  const { rollbackWithinMs } = experiment
  const takeBack = () => keeper.takeBack(undo)
  const fault = await kind.inject({ victim, control, context, rollbackWithinMs, takeBack })
  return { injection, fault, held }
}

/** Measures the effect from the outside. */
export async function confirm({ injection, fault }: FaultOn, context: RunContext): Promise<void> {
  const head = headOf(injection)
  await context.record.journal({ kind: 'fault-injected', ...head })
  const { proof, seen } = await fault.prove()
  await context.record.journal({ kind: `fault-${proof}`, ...head, seen })
  context.log.fact(`fault ${injection.experiment.name} ${proof}: ${seen}`)
}

function leaseLost({ name }: PlannedExperiment): GauntletError {
  return new GauntletError('LEASE_LOST', `${name} was not injected: this process stood still for too long`, {
    hint: 'the guardian has taken everything back meanwhile; run again, on a machine with less to do',
    exit: 'machinery',
  })
}
