import {
  type Control,
  GauntletError,
  type PlannedExperiment,
  type RunContext,
  type Undo,
  victimWords,
} from '../../reports/run/index.ts'
import type { AimedFault, InjectedFault, SharedByFaults } from '../faults/index.ts'
import type { UndoKeeper } from './keeper.ts'

/** How long the effect of a fault is looked for once more, before it is taken back. */
const SEEN_AGAIN_WITHIN_MS = 5_000

/** One fault at one victim. */
export interface Injection {
  readonly experiment: PlannedExperiment
  /** RUN/EXPERIMENT/N */
  readonly id: string
  readonly aimed: AimedFault
  readonly control: Control
  readonly keeper: UndoKeeper
  readonly shared: SharedByFaults
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
  const { experiment, id, aimed, control, keeper, shared } = injection
  const { rollbackWithinMs } = experiment
  const takeBack = (undo: Undo) => keeper.takeBack(undo, rollbackWithinMs)
  const scene = { id, control, context, rollbackWithinMs, takeBack, ...shared }
  const prepared = await aimed.prepare(scene)
  const head = headOf(injection)
  const { undo } = prepared
  try {
    const held = await keeper.hold({ kind: 'fault', undo, ...head })
    await context.record.journal({ kind: 'fault-injecting', ...head, victims: [aimed.victim], undo })
    refuseUnwatched(injection)
    return { injection, held, fault: await prepared.inject() }
  } catch (error) {
    await prepared.abandon?.().catch(() => {})
    throw error
  }
}

/** Measures the effect from the outside; true when it was seen. */
export async function confirm(
  { injection, fault }: FaultOn,
  over: AbortSignal,
  context: RunContext,
): Promise<boolean> {
  const head = headOf(injection)
  await context.record.journal({ kind: 'fault-injected', ...head })
  // whoever stood still while he acted may have done it after everything was taken back
  refuseUnwatched(injection)
  const { proof, seen } = await fault.prove(over)
  await context.record.journal({ kind: `fault-${proof}`, ...head, seen })
  context.log.fact(`fault ${injection.experiment.name} ${proof}: ${seen}`)
  return proof === 'confirmed'
}

/** A fault that was seen must be so still when its time is over: somebody else may have taken it off. */
export async function confirmAgain({ injection, fault }: FaultOn, context: RunContext): Promise<void> {
  const enough = new AbortController()
  const timer = context.clock.wait(SEEN_AGAIN_WITHIN_MS, enough.signal).then(
    () => enough.abort(),
    () => {},
  )
  const { proof, seen } = await fault.prove(enough.signal)
  enough.abort()
  await timer
  if (proof !== 'mismatch') return
  await context.record.journal({ kind: 'fault-mismatch', ...headOf(injection), seen: `at its end: ${seen}` })
  context.log.fact(`fault ${injection.experiment.name} was no longer there at its end: ${seen}`)
}

function refuseUnwatched({ experiment, aimed, keeper }: Injection): void {
  if (keeper.isWatching()) return
  const what = `${experiment.name} at ${victimWords(aimed.victim)}`
  throw new GauntletError('LEASE_LOST', `${what} was given up: this process stood still for too long`, {
    hint: 'the guardian has taken everything back meanwhile; run again, on a machine with less to do',
    exit: 'machinery',
  })
}
