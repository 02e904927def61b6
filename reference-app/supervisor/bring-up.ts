import { Failure } from '../platform/failure.ts'
import type { Supervised } from './supervised.ts'

const readyWithinMs = 30_000

interface Starting {
  /** The folder that a person is sent to when one of them does not get ready. */
  readonly logs: string
  /** Throws once all is to stop. */
  assertStarting(): void
}

/** Starts processes beside each other and waits until all of them are ready. */
export async function bringUp(
  processes: readonly Supervised[],
  { logs, assertStarting }: Starting,
): Promise<void> {
  assertStarting()
  for (const process of processes) process.run()
  const ready = await Promise.all(processes.map((process) => process.untilReady(readyWithinMs)))
  assertStarting()
  const late = processes.filter((_, index) => !ready[index]).map((process) => process.plan.name)
  if (late.length > 0) throw new Failure(`not ready: ${late.join(', ')}`, { hint: `see the logs in ${logs}` })
}
