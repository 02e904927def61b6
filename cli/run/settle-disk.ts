import type { RunContext } from '../../reports/run/index.ts'
import { aborted } from './aborted.ts'

/** A disk that others keep busy is not waited for any longer. */
const MOST_MS = 20_000

/**
 * Writes what was written before the run, such as an installation, to the disk that the project lies on. The system
 * does that half a minute later by itself, in the middle of the run, and whoever then waits for the disk is slow.
 * Where there is no `sync` of coreutils, nothing is done.
 */
export async function settleDisk({ exec, projectRoot, log, signal }: RunContext): Promise<void> {
  log.doing('writing to the disk what was written before')
  const sync = exec.start({ file: 'sync', args: ['-f', projectRoot], timeoutMs: MOST_MS })
  await Promise.race([sync.ended, aborted(signal)])
  if (!signal.aborted) return
  await sync.stop()
  signal.throwIfAborted()
}
