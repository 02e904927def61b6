import type { BlockSchedule } from '../../../reports/run/index.ts'
import { CsvReader } from '../../../scenarios/drivers/k6/stream/csv.ts'
import type { FifoEvents } from '../../../scenarios/drivers/k6/stream/fifo.ts'
import { Gaps } from '../../../scenarios/drivers/k6/stream/gaps.ts'
import { BlockFold, type BlockFoldOptions } from './block-fold.ts'
import { lengthMs } from './schedule.ts'

/** k6's samples on their way from the FIFO to the blocks. */
export class BlockedStream implements FifoEvents {
  readonly fold: BlockFold
  readonly gaps = new Gaps()
  readonly csv: CsvReader
  /** the start of the first block, by the first tick that was seen; never when none is */
  readonly zeroUs: Promise<number>
  /** resolves when the end line was read, or when no more can be */
  readonly ended: Promise<void>
  /** why no more could be read */
  failure: string | undefined
  readonly #schedule: BlockSchedule
  readonly #markEnded: () => void
  #knownZeroUs: number | undefined

  constructor(options: BlockFoldOptions) {
    const zero = Promise.withResolvers<number>()
    const end = Promise.withResolvers<void>()
    this.zeroUs = zero.promise
    this.ended = end.promise
    this.#markEnded = () => end.resolve()
    this.#schedule = options.schedule
    this.fold = new BlockFold(options, (zeroUs) => {
      this.#knownZeroUs = zeroUs
      this.gaps.start(zeroUs)
      zero.resolve(zeroUs)
    })
    this.csv = new CsvReader({
      onRow: (row) => {
        this.fold.row(row)
        this.gaps.heard(row.atUs)
      },
      onEnd: this.#markEnded,
    })
  }

  chunk(bytes: Buffer): void {
    try {
      this.csv.push(bytes)
    } catch (cause) {
      this.broken(cause instanceof Error ? cause.message : String(cause))
    }
  }

  broken(reason: string): void {
    this.failure ??= `k6's sample stream broke: ${reason}`
    this.#markEnded()
  }

  /** The load came to its planned end: the stream should have spoken until then. */
  completed(): void {
    if (this.#knownZeroUs !== undefined) this.gaps.ended(this.#knownZeroUs + lengthMs(this.#schedule) * 1000)
  }
}
