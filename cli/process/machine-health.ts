import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** What this machine has to spare; null where nobody tells. */
export interface MachineHealth {
  /** that programs could still get, of the container where there is one */
  readonly memoryFreeBytes: number
  /** of the disk on which that folder lies */
  readonly diskFreeBytes: number | null
  /** since this program started: ready to run, and waiting for a processor */
  readonly processorWaitMs: number | null
}

export async function readMachineHealth(folder: string): Promise<MachineHealth> {
  return {
    memoryFreeBytes: process.availableMemory(),
    diskFreeBytes: await diskFreeBytes(folder),
    processorWaitMs: processorWaitMs(),
  }
}

async function diskFreeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** Of its first thread, on which everything of ours runs: the second number, in ns (sched-stats.rst). */
function processorWaitMs(): number | null {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6
  } catch {
    return null
  }
}
