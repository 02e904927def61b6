import { GauntletError } from '../../../reports/run/index.ts'
import type { Disturbance } from './measured-run.ts'

/** Stops the clerk's process for a while: who asks meanwhile waits in the kernel. */
export const pauseClerk =
  ({ fromMs, forMs }: { readonly fromMs: number; readonly forMs: number }): Disturbance =>
  async ({ clerk, exec, reached }) => {
    await reached(fromMs)
    if (!exec.signal({ ...clerk, signal: 'SIGSTOP' }))
      throw new GauntletError('NO_PROCESS', 'the clerk is gone', { exit: 'machinery' })
    try {
      await reached(fromMs + forMs)
    } finally {
      exec.signal({ ...clerk, signal: 'SIGCONT' })
    }
  }
