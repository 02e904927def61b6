import type { RunContext } from '../../reports/run/index.ts'
import type { InjectedFault } from '../faults/index.ts'
import type { Injection } from './method.ts'

/** Takes the fault back and proves it gone. Never cut short: a stopped run still undoes. */
export async function rollBack(
  fault: InjectedFault,
  { experiment, id, keeper }: Injection,
  context: RunContext,
): Promise<{ readonly normal: boolean; readonly seen: string }> {
  const head = { injection: id, experiment: experiment.name, by: 'harness' } as const
  await context.record.journal({ kind: 'fault-undoing', ...head })
  const done = await fault.undo().catch((error: unknown) => `undo failed: ${String(error)}`)
  await context.record.journal({ kind: 'fault-undone', ...head })
  context.log.fact(`fault ${experiment.name} undone: ${done}`)
  const proof = await fault.proveGone()
  const seen = proof.normal ? proof.seen : `${proof.seen}; ${done}`
  await context.record.journal({ kind: proof.normal ? 'fault-normal' : 'undo-failed', ...head, seen })
  context.log.fact(`fault ${experiment.name} ${proof.normal ? 'proven gone' : 'NOT proven gone'}: ${seen}`)
  await keeper.release(id)
  return { normal: proof.normal, seen }
}
