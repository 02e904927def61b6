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
  /** CPU-seconds of each block's side in the whole pair, by the block's index; null where a reading came too late */
  readonly seconds: readonly (number | null)[]
  /** the greatest step of the wall clock against ours */
  readonly clockStepMs: number
}

/** Both sides at one moment. */
interface Reading extends Readonly<Record<SideName, CpuTime>> {
  /** before the next pair began */
  readonly isInTime: boolean
}

/**
 * Reads the CPU time of both sides wherever two pairs meet. What a side still does in the other's turn is its own: its
 * CPU time is that of the whole pair.
 */
export async function readCpuBlocks(
  { schedule, zeroUs, processes, onBlock }: CpuBlocksOptions,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<CpuBlocks> {
  const blocks = blocksOf(schedule)
  const sinceZeroMs = (): number => (clock.nowUs() - zeroUs) / 1000
  const wallClock = new WallClock(clock)
  /** one more than pairs: where each begins, and where the last one ends */
  const readings: Reading[] = []
  for (let index = 0; index <= blocks.length; index += 1) {
    await clock.wait(Math.max(0, boundMs(schedule, index - 1) - sinceZeroMs()), signal)
    if (index % 2 === 0) {
      const both = { base: readCpuTime(processes.base), head: readCpuTime(processes.head) }
      readings.push({ ...both, isInTime: sinceZeroMs() < index * schedule.blockMs })
    }
    wallClock.look()
    const block = blocks[index]
    if (block !== undefined) onBlock(block)
  }
  const byPair = { base: secondsOfPairs(readings, 'base'), head: secondsOfPairs(readings, 'head') }
  const seconds = blocks.map(({ index, side }) => byPair[side][Math.floor(index / 2)]!)
  return { seconds, clockStepMs: wallClock.stepMs }
}

function secondsOfPairs(readings: readonly Reading[], side: SideName): (number | null)[] {
  const seconds = cpuSecondsBetween(readings.map((reading) => reading[side]))
  return seconds.map((one, n) => (readings[n]!.isInTime && readings[n + 1]!.isInTime ? one : null))
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
