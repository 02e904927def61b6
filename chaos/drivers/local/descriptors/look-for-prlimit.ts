import type { Exec } from '../../../../reports/run/index.ts'
import type { Machine } from '../../../model/machine.ts'

const LOOKED_WITHIN_MS = 5_000

/** Whether limits of other processes can be changed: Linux, with prlimit. */
export async function lookForPrlimit(exec: Exec): Promise<Machine> {
  const tried = await exec.run({ file: 'prlimit', args: ['--version'], timeoutMs: LOOKED_WITHIN_MS })
  if (tried.exitCode === 0) return { has: ['prlimit'], lacks: {} }
  return { has: [], lacks: { prlimit: tried.failedToStart ?? `prlimit --version gives ${tried.exitCode}` } }
}
