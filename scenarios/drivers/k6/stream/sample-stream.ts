import type { DriverOutcome, EvidenceFile, PlannedLoad, RunContext } from '../../../../reports/run/index.ts'
import { CsvReader } from './csv.ts'
import type { FifoEvents } from './fifo.ts'
import { Fold, type FoldEvents, type FoldOptions } from './fold.ts'
import { Gaps } from './gaps.ts'
import { LiveWindow } from './live.ts'
import { SelfWatch } from './self-watch.ts'

export interface SampleStreamOptions extends FoldOptions {
  readonly loads: readonly PlannedLoad[]
  readonly thresholdsMs: readonly number[]
  /** how long k6 has waited for a processor; null when nobody tells */
  readonly schedulerDelayMs: () => number | null
}

type StreamContext = Pick<RunContext, 'record' | 'log' | 'clock'>

/** k6's samples on their way from the FIFO to the run folder. */
export class SampleStream implements FifoEvents {
  readonly fold: Fold
  readonly csv: CsvReader
  readonly gaps = new Gaps()
  readonly watch: SelfWatch
  /** resolves when the end line was read, or when no more can be */
  readonly ended: Promise<void>
  /** set when evidence could not be written or read */
  failure: DriverOutcome | undefined
  readonly #context: StreamContext
  readonly #live = new LiveWindow()
  readonly #plannedMs: number
  #markEnded: () => void = () => {}
  #tellFailure: (reason: string) => void = () => {}
  #second = 0
  /** lines are written in the order in which they were said */
  #written: Promise<void> = Promise.resolve()

  constructor(options: SampleStreamOptions, context: StreamContext) {
    const { loads, thresholdsMs, schedulerDelayMs } = options
    this.#context = context
    this.watch = new SelfWatch({ nowUs: () => context.clock.nowUs(), wallMs: Date.now, schedulerDelayMs })
    this.#plannedMs = Math.max(0, ...loads.map(leastMs))
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve
    })
    const events: FoldEvents = {
      secondZero: (atUs) => this.#secondZero(atUs),
      ack: (ack) => this.#evidence('acks.ndjson', ack),
      event: (key, measured, times) => this.#live.add(key, measured, times),
    }
    this.fold = new Fold(loads, thresholdsMs, events, options)
    this.csv = new CsvReader({
      onRow: (row) => {
        this.fold.row(row)
        this.gaps.heard(row.atUs)
        const { second = 0 } = this.fold
        if (second > this.#second) this.#secondPassed(second, row.atUs)
      },
      onEnd: () => this.#markEnded(),
    })
  }

  /** What goes wrong in here fails the load, in good order: a fault may be in force that must be undone. */
  chunk(bytes: Buffer): void {
    try {
      this.csv.push(bytes)
    } catch (cause) {
      this.broken(sentenceOf(cause))
    }
  }

  broken(reason: string): void {
    this.#fail(`k6's sample stream broke: ${reason}`)
    this.#markEnded()
  }

  onFailure(tell: (reason: string) => void): void {
    this.#tellFailure = tell
  }

  /** Folds and writes what is left. */
  async finish(how: { readonly leaveOut: boolean }): Promise<void> {
    for (const line of this.fold.rest(how)) this.#evidence('load.ndjson', line)
    const { zeroUs } = this.fold
    if (zeroUs !== undefined && !how.leaveOut) this.gaps.ended(zeroUs + this.#plannedMs * 1000)
    await this.#written
  }

  async document(path: string, content: object): Promise<void> {
    this.#write(() => this.#context.record.document(path, content))
    await this.#written
  }

  #secondZero(atUs: number): void {
    this.gaps.start(atUs)
    this.watch.start()
    this.#write(() => this.#context.record.journal({ kind: 'second-zero' }, atUs))
  }

  #secondPassed(second: number, rowAtUs: number): void {
    this.watch.passed({ from: this.#second, to: second, rowAtUs })
    this.#context.log.live(this.#live.take(second - 1, second - this.#second))
    this.#second = second
    for (const line of this.fold.closed()) this.#evidence('load.ndjson', line)
  }

  #evidence(file: EvidenceFile, line: object): void {
    this.#write(() => this.#context.record.evidence(file, line))
  }

  #write(write: () => Promise<void>): void {
    this.#written = this.#written.then(async () => {
      if (this.failure === undefined) await write().catch((cause: unknown) => this.#fail(sentenceOf(cause)))
    })
  }

  #fail(reason: string): void {
    this.failure ??= { kind: 'failed', reason }
    this.#tellFailure(reason)
  }
}

/** How long a load lasts at the least, from its own start: one that counts its iterations may be over at once. */
const leastMs = ({ executor }: PlannedLoad): number =>
  executor.kind !== 'script'
    ? executor.durationMs
    : executor.startMs + (executor.countsIterations ? 0 : executor.durationMs)

const sentenceOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
