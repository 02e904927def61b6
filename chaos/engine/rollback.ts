import type { JournalFact, RunContext } from '../../reports/run/index.ts'
import { type FaultOn, headOf } from './method.ts'

/**
 * Takes the fault back and proves it gone. Never cut short: neither a stopped run nor a full disk keeps a fault on.
 * What is not proven gone stays with the guardian, which tries once more when the run ends.
 */
export async function rollBack({ injection, fault, held }: FaultOn, context: RunContext): Promise<boolean> {
  const { experiment, keeper } = injection
  const head = { ...headOf(injection), by: 'harness' } as const
  const note = (fact: JournalFact): Promise<void> => context.record.journal(fact).catch(() => {})
  await note({ kind: 'fault-undoing', ...head })
  const done = await fault.undo().catch((error: unknown) => `undo failed: ${String(error)}`)
  await note({ kind: 'fault-undone', ...head })
  context.log.fact(`fault ${experiment.name} undone: ${done}`)
  const proof = await fault.proveGone()
  const seen = proof.normal ? proof.seen : `${proof.seen}; ${done}`
  await note({ kind: proof.normal ? 'fault-normal' : 'undo-failed', ...head, seen })
  context.log.fact(`fault ${experiment.name} ${proof.normal ? 'proven gone' : 'NOT proven gone'}: ${seen}`)
  if (proof.normal) await keeper.release(held)
  return proof.normal
}
