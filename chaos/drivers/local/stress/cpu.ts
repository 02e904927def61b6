import type { CpuWanted } from './model.ts'
import type { Stressor } from './stressor.ts'
import type { StartWorker, StressWorker } from './thread/index.ts'

/** A thread for each worker, each busy for its share of one core. */
export function cpuStressor(startWorker: StartWorker): Stressor<CpuWanted> {
  let workers: readonly StressWorker[] = []
  return {
    hold: async ({ workers: count, loadPercent }, signal) => {
      workers = Array.from({ length: count }, () =>
        startWorker({ kind: 'cpu', loadRatio: loadPercent / 100 }),
      )
      await Promise.all(workers.map(({ ready }) => ready))
      signal.throwIfAborted()
    },
    letGo: async () => {
      const ending = workers
      workers = []
      await Promise.all(ending.map((worker) => worker.stop()))
    },
  }
}
