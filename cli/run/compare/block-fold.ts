import type { BlockSchedule, ComparedBlock, LoadSeries } from '../../../reports/run/index.ts'
import { STARTED } from '../../../scenarios/drivers/k6/entry.ts'
import { Fold } from '../../../scenarios/drivers/k6/stream/fold.ts'
import { metadataOf, type Row } from '../../../scenarios/drivers/k6/stream/row.ts'
import type { SideLoad } from './blocked-options.ts'
import { blockAt, blocksOf, type PlannedBlock } from './schedule.ts'
import { startLateness } from './start-lateness.ts'

const SILENT = { secondZero: () => {}, ack: () => {}, event: () => {} }

/**
 * Folds k6's stream as a run does, each block for itself: an iteration belongs to the block in which it started, with
 * all that it did.
 */
export class BlockFold {
  /** starts, and drops, that were so late that the other side had its turn */
  misplaced = 0
  readonly #schedule: BlockSchedule
  readonly #blocks: readonly PlannedBlock[]
  readonly #loads: ReadonlyMap<string, SideLoad>
  readonly #thresholdsMs: readonly number[]
  readonly #folds = new Map<number, Fold>()
  /** the fold of the iteration that each VU is at, by its id; ids are unique across scenarios */
  readonly #running = new Map<string, Fold>()
  readonly #startsUs = new Map<SideLoad, number[]>()
  readonly #answered: number[]
  readonly #onZero: (zeroUs: number) => void
  #zeroUs: number | undefined

  constructor({ loads, schedule, thresholdsMs }: BlockFoldOptions, onZero: (zeroUs: number) => void) {
    this.#schedule = schedule
    this.#blocks = blocksOf(schedule)
    this.#loads = new Map(loads.map((load) => [load.name, load]))
    this.#thresholdsMs = thresholdsMs
    this.#answered = this.#blocks.map(() => 0)
    this.#onZero = onZero
  }

  row(row: Row): void {
    const load = this.#loads.get(row.scenario)
    if (load === undefined) return
    const vu = metadataOf(row, 'vu') ?? ''
    if (row.metric === STARTED) this.#started(row, vu, load)
    if (row.metric === 'http_req_duration') this.#requestAnswered(row, load)
    const fold = row.metric === 'dropped_iterations' ? this.#droppedIn(row, load) : this.#running.get(vu)
    fold?.row({ ...row, scenario: load.planned.name })
  }

  /** The stream has ended. `leaveOut` says that what is in flight is not the target's fault. */
  finish(how: { readonly leaveOut: boolean }): FoldedBlock[] {
    return this.#blocks.flatMap(({ index, side, pair }) => {
      const fold = this.#folds.get(index)
      if (fold === undefined) return []
      const series: LoadSeries[] = [...fold.rest(how)].flatMap((second) => second.series)
      return [{ index, side, pair, answered: this.#answered[index]!, series }]
    })
  }

  /** Of all iterations that started or were dropped, in ms. */
  lateness(): number[] {
    return [...this.#startsUs].flatMap(([load, startsUs]) =>
      startLateness(
        startsUs.map((atUs) => this.#sinceZeroMs(atUs)),
        load,
        this.#schedule,
      ),
    )
  }

  counts(): { completed: number; dropped: number; interrupted: number; threw: number } {
    const sums = { completed: 0, dropped: 0, interrupted: 0, threw: 0 }
    for (const fold of this.#folds.values())
      for (const { counts } of fold.accounts.values())
        for (const kind of ['completed', 'dropped', 'interrupted', 'threw'] as const)
          sums[kind] += counts[kind]
    return sums
  }

  #started(row: Row, vu: string, load: SideLoad): void {
    this.#firstTick(row.atUs, load)
    this.#took(row.atUs, load)
    const block = this.#blocks[blockAt(this.#schedule, this.#sinceZeroMs(row.atUs))]
    if (block?.side !== load.side) {
      this.misplaced += 1
      this.#running.delete(vu)
    } else this.#running.set(vu, this.#foldOf(block))
  }

  #droppedIn(row: Row, load: SideLoad): Fold | undefined {
    this.#firstTick(row.atUs, load)
    for (let dropped = 0; dropped < row.value; dropped += 1) this.#took(row.atUs, load)
    const block = this.#blocks[blockAt(this.#schedule, this.#sinceZeroMs(row.atUs))]
    if (block?.side === load.side) return this.#foldOf(block)
    this.misplaced += 1
    return undefined
  }

  /**
   * CPU time is read by the clock, so requests are counted by it too: in the pair in which they ended, for their own
   * side whoever has the turn.
   */
  #requestAnswered({ atUs }: Row, { side }: SideLoad): void {
    const at = blockAt(this.#schedule, this.#sinceZeroMs(atUs))
    const block = [this.#blocks[at], this.#blocks[at % 2 === 0 ? at + 1 : at - 1]].find(
      (one) => one?.side === side,
    )
    if (block !== undefined) this.#answered[block.index]! += 1
  }

  #took(atUs: number, load: SideLoad): void {
    const startsUs = this.#startsUs.get(load)
    if (startsUs === undefined) this.#startsUs.set(load, [atUs])
    else startsUs.push(atUs)
  }

  #foldOf({ index, side }: PlannedBlock): Fold {
    const known = this.#folds.get(index)
    if (known !== undefined) return known
    const loads = [...this.#loads.values()].filter((one) => one.side === side).map(({ planned }) => planned)
    const { loadMs: durationMs } = this.#schedule
    const inBlock = loads.map((load) => ({ ...load, executor: { ...load.executor, durationMs } }))
    const made = new Fold(inBlock, this.#thresholdsMs, SILENT)
    this.#folds.set(index, made)
    return made
  }

  /** The first tick comes one interval after the load was turned on. */
  #firstTick(atUs: number, { rate }: SideLoad): void {
    if (this.#zeroUs !== undefined) return
    this.#zeroUs = atUs - (rate.seconds * 1e6) / rate.rate
    this.#onZero(this.#zeroUs)
  }

  #sinceZeroMs(atUs: number): number {
    return (atUs - (this.#zeroUs ?? atUs)) / 1000
  }
}

export interface BlockFoldOptions {
  readonly loads: readonly SideLoad[]
  readonly schedule: BlockSchedule
  readonly thresholdsMs: readonly number[]
}

export type FoldedBlock = Pick<ComparedBlock, 'index' | 'side' | 'pair' | 'answered' | 'series'>
