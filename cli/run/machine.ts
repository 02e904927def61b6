import { type Experiment, lookAtMachine, type Machine } from '../../chaos/index.ts'
import type { Exec } from '../../reports/run/index.ts'

/** What this machine has for these experiments; only where one breaks the network is anything tried. */
export async function machineFor(
  experiments: Iterable<Experiment>,
  exec: Exec,
): Promise<Machine | undefined> {
  const methods = JSON.stringify([...experiments].map(({ spec }) => spec.method))
  // whichever Schedule or Workflow holds it, which has it as a key
  return /NetworkChaos/i.test(methods) ? lookAtMachine(exec) : undefined
}
