import type { Driver, PlannedLoad, Ready } from '../../../reports/run/index.ts'
import { type K6Setting, writeFiles } from './files.ts'
import { makeFifo } from './make-fifo.ts'
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
