import { GauntletError, type RunContext } from '../../../reports/run/index.ts'

/** The way from k6 to us, that nobody else may read. */
export async function makeFifo(path: string, { exec }: RunContext): Promise<void> {
  const ended = await exec.run({ file: 'mkfifo', args: ['-m', '600', path] })
  if (ended.exitCode === 0) return
  throw new GauntletError('NO_FIFO', `no FIFO could be made: ${ended.failedToStart ?? ended.stderr.trim()}`, {
    hint: 'the folder for temporary files must be on a file system that knows FIFOs; set TMPDIR to one',
    exit: 'machinery',
  })
}
