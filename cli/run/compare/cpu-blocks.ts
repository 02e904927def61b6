import type { BlockSchedule, Clock, ProcessIdentity, SideName } from '../../../reports/run/index.ts'
import { type CpuTime, cpuSecondsBetween, readCpuTime } from './cpu-time.ts'
import { blocksOf, boundMs, type PlannedBlock } from './schedule.ts'

export interface CpuBlocksOptions {
  readonly schedule: BlockSchedule
  /** the start of the first block */
  readonly zeroUs: number
  readonly processes: Readonly<Record<SideName, readonly ProcessIdentity[]>>
  /** told as each block begins */
  readonly onBlock: (block: PlannedBlock) => void
}

/** What was read while the load went on. */
export interface CpuBlocks {
  /** CPU-seconds of each block's side, by the block's index; null where a reading came too late */
  readonly seconds: readonly (number | null)[]
  /** the greatest step of the wall clock against ours */
  readonly clockStepMs: number
}

/** Reads the CPU time of both sides wherever blocks meet. */
export async function readCpuBlocks(
  { schedule, zeroUs, processes, onBlock }: CpuBlocksOptions,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<CpuBlocks> {
  const blocks = blocksOf(schedule)
  const sinceZeroMs = (): number => (clock.nowUs() - zeroUs) / 1000
  const wallClock = new WallClock(clock)
  /** one more than blocks: where each begins, and where the last one ends */
  const readings: (Record<SideName, CpuTime> | null)[] = []
  for (let index = 0; index <= blocks.length; index += 1) {
    await clock.wait(Math.max(0, boundMs(schedule, index - 1) - sinceZeroMs()), signal)
    const reading = { base: readCpuTime(processes.base), head: readCpuTime(processes.head) }
    readings.push(sinceZeroMs() < index * schedule.blockMs ? reading : null)
    wallClock.look()
    const block = blocks[index]
    if (block !== undefined) onBlock(block)
  }
  const seconds = blocks.map(({ index, side }) => {
    const [before, after] = [readings[index], readings[index + 1]]
    return before && after ? cpuSecondsBetween(before[side], after[side]) : null
  })
  return { seconds, clockStepMs: wallClock.stepMs }
}

/** How far the system's clock moved against ours, which knows no steps. */
class WallClock {
  stepMs = 0
  readonly #clock: Clock
  #differenceMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#differenceMs = this.#difference()
  }

  look(): void {
    const differenceMs = this.#difference()
    this.stepMs = Math.max(this.stepMs, Math.abs(differenceMs - this.#differenceMs))
    this.#differenceMs = differenceMs
  }

  /** Of a few looks the quickest one: a process that has to wait between two clocks sees a step that is none. */
  #difference(): number {
    const looks = Array.from({ length: 5 }, () => {
      const beforeUs = this.#clock.nowUs()
      const wallMs = Date.now()
      const afterUs = this.#clock.nowUs()
      return { tookUs: afterUs - beforeUs, differenceMs: wallMs - (beforeUs + afterUs) / 2000 }
    })
    return looks.reduce((best, one) => (one.tookUs < best.tookUs ? one : best)).differenceMs
  }
}
