import {
  type Driver,
  GauntletError,
  type PlannedLoad,
  type Ready,
  type RunContext,
} from '../../../reports/run/index.ts'
import { type K6Setting, writeFiles } from './files.ts'
import { startK6 } from './running.ts'
import type { FoldOptions } from './stream/fold.ts'

export interface K6DriverOptions extends K6Setting, FoldOptions {
  /** every latency threshold of every objective: the stream counts exactly at each */
  readonly thresholdsMs: readonly number[]
}

/** Load by k6: one process for all scenarios of a plan. */
export function k6Driver(options: K6DriverOptions): Driver<readonly PlannedLoad[]> {
  return {
    prepare: async (loads, context): Promise<Ready> => {
      const files = await writeFiles(loads, options, context)
      await makeFifo(files.fifo, context)
      return { start: () => startK6({ ...options, loads, files }, context) }
    },
  }
}

async function makeFifo(path: string, { exec }: RunContext): Promise<void> {
  const ended = await exec.run({ file: 'mkfifo', args: ['-m', '600', path] })
  if (ended.exitCode === 0) return
  throw new GauntletError('NO_FIFO', `no FIFO could be made: ${ended.failedToStart ?? ended.stderr.trim()}`, {
    hint: 'the folder for temporary files must be on a file system that knows FIFOs; set TMPDIR to one',
    exit: 'machinery',
  })
}
