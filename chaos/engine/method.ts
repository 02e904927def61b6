import type { Control, PlannedExperiment, RunContext, Victim } from '../../reports/run/index.ts'
import { faultKind, type InjectedFault } from '../faults/index.ts'
import type { UndoKeeper } from './keeper.ts'

export interface Injection {
  readonly experiment: PlannedExperiment
  /** RUN/EXPERIMENT/N */
  readonly id: string
  readonly victim: Victim
  readonly control: Control
  readonly keeper: UndoKeeper
}

export interface FaultOn {
  readonly fault: InjectedFault
  /** the keeper's id of the undo */
  readonly held: string
}

/** Injects the fault and measures its effect from the outside. */
export async function inject(injection: Injection, context: RunContext): Promise<FaultOn> {
  const { experiment, id, victim, control, keeper } = injection
  const kind = faultKind(experiment.fault.kind)
  const undo = kind.wayBack(victim, control)
  const head = { injection: id, experiment: experiment.name }
  // Held and written before the fault is applied: a crash between these lines still leaves the way back.
  const held = await keeper.hold({ kind: 'fault', undo, ...head })
  await context.record.journal({ kind: 'fault-injecting', ...head, victims: [victim], undo })
  const fault = await kind.inject({
    victim,
    control,
    context,
    rollbackWithinMs: experiment.rollbackWithinMs,
  })
  await context.record.journal({ kind: 'fault-injected', ...head })
  const { proof, seen } = await fault.prove()
  await context.record.journal({ kind: `fault-${proof}`, ...head, seen })
  context.log.fact(`fault ${experiment.name} ${proof}: ${seen}`)
  return { fault, held }
}
