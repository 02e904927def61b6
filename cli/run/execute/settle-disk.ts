import type { RunContext } from '../../../reports/run/index.ts'

/** A disk that others keep busy is not waited for any longer. */
const MOST_MS = 20_000

/**
 * Writes what was written before the run, such as an installation, to the disk that the project lies on. The system
 * does that half a minute later by itself, in the middle of the run, and whoever then waits for the disk is slow.
 * A `sync` that the kernel holds cannot be ended: it is left alone, and found as left over if it is still there at the end.
 */
export async function settleDisk({ exec, projectRoot, clock, log, signal }: RunContext): Promise<void> {
  log.doing('writing to the disk what was written before')
  const sync = exec.start({ file: 'sync', args: ['-f', projectRoot] })
  const over = new AbortController()
  const tooLong = clock.wait(MOST_MS, AbortSignal.any([signal, over.signal])).then(
    () => `not within ${MOST_MS / 1000} s`,
    () => 'stopped',
  )
  const ended = sync.ended.then(({ exitCode, failedToStart, stderr }) =>
    exitCode === 0 ? undefined : (failedToStart ?? stderr.trim()),
  )
  const failure = await Promise.race([ended, tooLong])
  over.abort()
  void sync.stop()
  signal.throwIfAborted()
  if (failure !== undefined) log.fact(`what was written before is not all on the disk: ${failure}`)
}
