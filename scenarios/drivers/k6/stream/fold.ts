import type { Ack } from '../../../../reports/run/evidence.ts'
import { latenessLimitMs } from '../../../../reports/run/lateness-limit.ts'
import type { LoadSecond } from '../../../../reports/run/load.ts'
import type { PlannedLoad } from '../../../../reports/run/plan.ts'
import { STARTED, THREW } from '../entry.ts'
import { nameInK6 } from '../options.ts'
import { Account } from './account.ts'
import { isImpossible } from './impossible.ts'
import { Iteration } from './iteration.ts'
import { metadataOf, type Row } from './row.ts'
import { type Measured, Seconds } from './seconds.ts'
import { MOST_NAMES, type SeriesKey, SeriesKeys } from './series.ts'
import { StartLateness, type StartsOfSecond } from './start-lateness.ts'

/** What the fold says as it goes. */
export interface FoldEvents {
  /** the first tick was seen */
  secondZero(atUs: number): void
  ack(ack: Ack): void
  event(key: SeriesKey, measured: Measured, times?: number): void
}

export interface FoldOptions {
  /** names that objectives ask for: kept apart, however many others there are */
  readonly names?: readonly string[]
  /** from when on an iteration starts late; 10 ms when nothing is asked of latency */
  readonly lateFromMs?: number
}

/** A second is written this long after it ended; what comes later for it gets a further line. */
const CLOSED_AFTER_SECONDS = 3
/** Rows of different VUs overtake each other by a fraction of a second; what is so old was stamped by a clock set back. */
const MOST_DISORDER_US = 10e6

/** Folds rows of k6's stream into seconds of load, each event at its intended start. */
export class Fold {
  /** rows that say what cannot be: a length of time below zero, a moment long before others */
  refusedRows = 0
  /** by the name that k6's samples bear */
  readonly accounts: ReadonlyMap<string, Account>
  readonly #events: FoldEvents
  readonly #keys: SeriesKeys
  readonly #seconds: Seconds
  readonly #starts: StartLateness
  /** what each VU is at, if at anything; ids of VUs are unique across scenarios */
  readonly #running = new Map<string, Iteration | undefined>()
  #duration: Row | undefined
  #zeroUs: number | undefined
  #latestUs = 0

  constructor(
    loads: readonly PlannedLoad[],
    thresholdsMs: readonly number[],
    events: FoldEvents,
    { names = [], lateFromMs = latenessLimitMs([]) }: FoldOptions = {},
  ) {
    this.#events = events
    this.#keys = new SeriesKeys({ asked: names, most: MOST_NAMES })
    this.#seconds = new Seconds(thresholdsMs, this.#keys)
    this.#starts = new StartLateness(lateFromMs)
    this.accounts = new Map(loads.map((load) => [nameInK6(load), this.#newAccount(load)]))
  }

  /** second 0; undefined before the first tick was seen */
  get zeroUs(): number | undefined {
    return this.#zeroUs
  }

  /** whole seconds since second 0; undefined before it */
  get second(): number | undefined {
    return this.#zeroUs === undefined ? undefined : this.#secondOf(this.#latestUs)
  }

  get lost(): SeriesKeys['lost'] {
    return this.#keys.lost
  }

  /** Of each second in which an iteration started, once the stream has ended. */
  starts(): readonly StartsOfSecond[] {
    return this.#starts.all()
  }

  row(row: Row): void {
    if (row.atUs < this.#latestUs - MOST_DISORDER_US || isImpossible(row)) {
      this.refusedRows += 1
      return
    }
    this.#latestUs = Math.max(this.#latestUs, row.atUs)
    const account = this.accounts.get(row.scenario)
    if (account !== undefined) this.#rowOf(account, row)
  }

  /** The seconds that can be written by now. */
  *closed(): Generator<LoadSecond> {
    const { second } = this
    if (second === undefined) return
    this.#settleTicks(this.#latestUs)
    this.#starts.close(second - 1)
    for (const { lateness } of this.accounts.values()) lateness.settle()
    yield* this.#seconds.close(second - CLOSED_AFTER_SECONDS)
  }

  /** The stream has ended. `leaveOut` says that the iterations in flight are not the target's fault. */
  *rest({ leaveOut }: { readonly leaveOut: boolean }): Generator<LoadSecond> {
    this.#requested(undefined)
    this.#settleTicks(Number.POSITIVE_INFINITY)
    if (!leaveOut)
      for (const iteration of this.#running.values())
        if (iteration !== undefined) this.#interrupted(iteration, this.#latestUs)
    this.#running.clear()
    for (const account of this.accounts.values()) account.finish()
    yield* this.#seconds.close(Number.POSITIVE_INFINITY)
  }

  #newAccount(load: PlannedLoad): Account {
    return new Account(load, this.#keys, {
      due: (dueUs, key, measured, times) => {
        this.#seconds.count(this.#secondOf(dueUs), key, measured, times)
        this.#events.event(key, measured, times)
      },
      acknowledged: ({ dueUs, ...ack }) =>
        this.#events.ack({ schema: 'gauntlet/ack/1', second: this.#secondOf(dueUs), ...ack }),
      startedFreely: (atUs, scenario, latenessMs) =>
        this.#starts.started(this.#secondOf(atUs), scenario, latenessMs),
    })
  }

  #rowOf(account: Account, row: Row): void {
    switch (row.metric) {
      case STARTED:
        this.#started(row, account)
        break
      case 'dropped_iterations':
        this.#dropped(row, account)
        break
      case THREW:
        this.#iterationOf(row).threw = true
        break
      case 'http_req_duration':
        this.#requested(undefined)
        this.#duration = row
        break
      case 'http_req_blocked':
        this.#requested(row)
        break
      case 'iteration_duration':
        this.#ended(row, account)
        break
      case 'checks':
        this.#checked(row, account)
        break
      default:
        account.sample(this.#iterationOf(row), account.samples.metric(row))
    }
  }

  #started(row: Row, account: Account): void {
    this.#firstTick(row.atUs, account)
    const vu = vuOf(row)
    const before = this.#running.get(vu)
    // Its end was not readable, but a VU that starts anew is done with what it did before.
    if (before !== undefined) this.#interrupted(before, row.atUs)
    this.#running.set(vu, account.start(row))
    account.settleTicks(this.#latestUs)
  }

  #dropped(row: Row, account: Account): void {
    this.#firstTick(row.atUs, account)
    account.dropped(row.atUs, row.value)
    account.settleTicks(this.#latestUs)
  }

  /** The row of a request's duration is kept until that of its wait for a connection, which follows. */
  #requested(blocked: Row | undefined): void {
    const duration = this.#duration
    if (duration === undefined) return
    this.#duration = undefined
    const account = this.accounts.get(duration.scenario)
    account?.sample(this.#iterationOf(duration), account.samples.request(duration, blocked?.value ?? 0))
  }

  #checked(row: Row, account: Account): void {
    const iteration = this.#iterationOf(row)
    if (row.value === 0) iteration.failedCheck = true
    account.sample(iteration, account.samples.check(row))
  }

  #ended(row: Row, account: Account): void {
    const iteration = this.#iterationOf(row)
    this.#running.set(vuOf(row), undefined)
    account.completed(iteration, row)
  }

  #interrupted(iteration: Iteration, endUs: number): void {
    this.accounts.get(iteration.scenario)?.interrupted(iteration, endUs)
  }

  /** The iteration that a row belongs to. One whose start was not readable is taken to have been on time. */
  #iterationOf(row: Row): Iteration {
    const running = this.#running.get(vuOf(row))
    if (running !== undefined) return running
    const unknown = new Iteration().starts(row.scenario, row.atUs)
    unknown.place(row.atUs, 0)
    return unknown
  }

  /** Second 0 is the first tick of the load: the scenario whose tick is seen first may be due later than another. */
  #firstTick(atUs: number, first: Account): void {
    if (this.#zeroUs !== undefined) return
    const accounts = [...this.accounts.values()]
    const leastUs = Math.min(...accounts.map(({ leadUs }) => leadUs))
    const zeroUs = atUs - (first.leadUs - leastUs)
    for (const account of accounts) account.begins(zeroUs + account.leadUs - leastUs)
    this.#zeroUs = zeroUs
    this.#events.secondZero(zeroUs)
  }

  #settleTicks(nowUs: number): void {
    for (const account of this.accounts.values()) account.settleTicks(nowUs)
  }

  #secondOf(atUs: number): number {
    return Math.max(0, Math.floor((atUs - (this.#zeroUs ?? atUs)) / 1e6))
  }
}

/** Nearly always the metadata as it is, which is `vu=7`; with an id beside it, that part alone. */
const vuOf = (row: Row): string => (row.metadata.includes('&') ? `vu=${metadataOf(row, 'vu')}` : row.metadata)
