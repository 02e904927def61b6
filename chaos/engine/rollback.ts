import type { JournalFact, RunContext } from '../../reports/run/index.ts'
import type { UndoProof } from '../faults/index.ts'
import { type FaultOn, headOf } from './method.ts'

/**
 * Takes the fault back and proves it gone. Never cut short, and never rejects: neither a stopped run, a full disk nor a
 * guardian that is gone keeps a fault on, nor one of the others. What is not proven gone stays with the guardian, which
 * tries once more when the run ends.
 */
export async function rollBack({ injection, fault, held }: FaultOn, context: RunContext): Promise<boolean> {
  const { experiment } = injection
  const head = { ...headOf(injection), by: 'harness' } as const
  const note = (fact: JournalFact): Promise<void> => context.record.journal(fact).catch(() => {})
  await note({ kind: 'fault-undoing', ...head })
  const done = await fault.undo().catch((error: unknown) => `undo failed: ${String(error)}`)
  await note({ kind: 'fault-undone', ...head })
  context.log.fact(`fault ${experiment.name} undone: ${done}`)
  const proof = await provenGone({ fault })
  const seen = proof.normal ? proof.seen : `${proof.seen}; ${done}`
  await note({ kind: proof.normal ? 'fault-normal' : 'undo-failed', ...head, seen })
  context.log.fact(`fault ${experiment.name} ${proof.normal ? 'proven gone' : 'NOT proven gone'}: ${seen}`)
  if (proof.normal) await letGo({ injection, held })
  return proof.normal
}

/** What cannot be looked at is not proven. */
export const provenGone = ({ fault }: Pick<FaultOn, 'fault'>): Promise<UndoProof> =>
  fault.proveGone().catch((error: unknown) => ({ normal: false, seen: String(error) }))

/** A keeper that is gone ends the run by itself. */
export const letGo = ({ injection, held }: Pick<FaultOn, 'injection' | 'held'>): Promise<void> =>
  injection.keeper.release(held).catch(() => {})
