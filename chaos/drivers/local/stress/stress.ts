import { cpuStressor } from './cpu.ts'
import { descriptorStressor } from './descriptors.ts'
import { diskStressor } from './disk.ts'
import { memoryStressor } from './memory.ts'
import type { StressMeasured, StressWanted } from './model.ts'
import { kept } from './stressor.ts'
import type { StartWorker } from './thread/index.ts'

export interface StressEdges {
  readonly runId: string
  readonly startWorker: StartWorker
  /** memory that programs can get without swapping */
  readonly availableBytes: () => number
  /** of this process, as the system tells it */
  readonly measure: () => Pick<StressMeasured, 'atSeconds' | 'cpuSeconds' | 'residentBytes'>
}

export interface Stress {
  /**
   * Resolves when the machine is burdened as wanted and no otherwise, or rejects with the reason why not: then nothing is
   * held. A later wish ends an earlier one that is not fulfilled yet.
   */
  want(wanted: StressWanted): Promise<void>
  see(): Promise<{ readonly on: StressWanted; readonly measured: StressMeasured }>
}

export function createStress(edges: StressEdges): Stress {
  const descriptorHolder = descriptorStressor()
  const diskFiller = diskStressor(edges.runId)
  const cpu = kept(cpuStressor(edges.startWorker))
  const memory = kept(memoryStressor(edges.startWorker, edges.availableBytes))
  const descriptors = kept(descriptorHolder)
  const disk = kept(diskFiller)
  let latest = new AbortController()
  let settled = Promise.resolve()

  const adjust = async (wanted: StressWanted, signal: AbortSignal): Promise<void> => {
    // The processors last: they would slow down the others.
    await disk.adjust(wanted.disk, signal)
    await descriptors.adjust(wanted.descriptors, signal)
    await memory.adjust(wanted.memory, signal)
    await cpu.adjust(wanted.cpu, signal)
  }
  const orNothing = async (wanted: StressWanted, signal: AbortSignal): Promise<void> => {
    try {
      await adjust(wanted, signal)
    } catch (cause) {
      await adjust({}, signal)
      throw cause
    }
  }
  return {
    want: (wanted) => {
      latest.abort(new Error('a later wish took its place'))
      latest = new AbortController()
      const { signal } = latest
      const done = settled.then(() => orNothing(wanted, signal))
      settled = done.catch(() => {})
      return done
    },
    see: async () => ({
      on: {
        ...(cpu.wanted && { cpu: cpu.wanted }),
        ...(memory.wanted && { memory: memory.wanted }),
        ...(descriptors.wanted && { descriptors: descriptors.wanted }),
        ...(disk.wanted && { disk: disk.wanted }),
      },
      measured: {
        ...edges.measure(),
        ...descriptorHolder.measure(),
        ...(await diskFiller.measure()),
      },
    }),
  }
}
