import type { Ack } from '../../../reports/run/evidence.ts'
import type { LoadSecond } from '../../../reports/run/load.ts'
import type { PlannedLoad } from '../../../reports/run/plan.ts'
import { Account, type Acknowledged } from './account.ts'
import { STARTED, THREW } from './entry.ts'
import {
  checkSample,
  type Iteration,
  iterationSample,
  metricSample,
  newIteration,
  requestSample,
} from './iteration.ts'
import { nameInK6 } from './options.ts'
import { metadataOf, type Row } from './row.ts'
import { type LoadEvent, Seconds } from './seconds.ts'

/** What the fold says as it goes. */
export interface FoldEvents {
  /** the first tick was seen */
  secondZero(atUs: number): void
  ack(ack: Ack): void
  event(event: LoadEvent): void
}

/** A second is written this long after it ended; what comes later for it gets a further line. */
const CLOSED_AFTER_SECONDS = 3

/** Folds rows of k6's stream into seconds of load, each event at its intended start. */
export class Fold {
  /** by the name that k6's samples bear */
  readonly accounts: ReadonlyMap<string, Account>
  readonly #events: FoldEvents
  readonly #seconds: Seconds
  /** what each VU is at, by its id; ids are unique across scenarios */
  readonly #running = new Map<string, Iteration>()
  #duration: Row | undefined
  #zeroUs: number | undefined
  #latestUs = 0

  constructor(loads: readonly PlannedLoad[], thresholdsMs: readonly number[], events: FoldEvents) {
    this.#events = events
    this.#seconds = new Seconds(thresholdsMs)
    this.accounts = new Map(
      loads.map((load) => [
        nameInK6(load),
        new Account(load, {
          due: (dueUs, event) => this.#due(dueUs, event),
          acknowledged: (ack) => this.#acknowledged(ack),
        }),
      ]),
    )
  }

  /** second 0; undefined before the first tick was seen */
  get zeroUs(): number | undefined {
    return this.#zeroUs
  }

  /** whole seconds since second 0; undefined before it */
  get second(): number | undefined {
    return this.#zeroUs === undefined ? undefined : this.#secondOf(this.#latestUs)
  }

  row(row: Row): void {
    this.#latestUs = Math.max(this.#latestUs, row.atUs)
    const account = this.accounts.get(row.scenario)
    if (account === undefined) return
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
        account.sample(this.#iterationOf(row), metricSample(row))
    }
  }

  /** The seconds that can be written by now. */
  *closed(): Generator<LoadSecond> {
    const { second } = this
    if (second === undefined) return
    this.#settleTicks(this.#latestUs)
    yield* this.#seconds.close(second - CLOSED_AFTER_SECONDS)
  }

  /** The stream has ended. `leaveOut` says that the iterations in flight are not the target's fault. */
  *rest({ leaveOut }: { readonly leaveOut: boolean }): Generator<LoadSecond> {
    this.#requested(undefined)
    this.#settleTicks(Number.POSITIVE_INFINITY)
    if (!leaveOut)
      for (const iteration of this.#running.values())
        this.accounts.get(iteration.scenario)?.interrupted(iteration, this.#latestUs)
    this.#running.clear()
    for (const account of this.accounts.values()) account.finish()
    yield* this.#seconds.close(Number.POSITIVE_INFINITY)
  }

  #started(row: Row, account: Account): void {
    this.#firstTick(row.atUs)
    const iteration = newIteration(row.scenario, row.atUs)
    this.#running.set(vuOf(row), iteration)
    account.started(iteration)
    account.settleTicks(this.#latestUs, this.#zeroUs ?? 0)
  }

  #dropped(row: Row, account: Account): void {
    this.#firstTick(row.atUs)
    for (let dropped = 0; dropped < row.value; dropped += 1) account.dropped(row.atUs)
    account.settleTicks(this.#latestUs, this.#zeroUs ?? 0)
  }

  /** The row of a request's duration is kept until that of its wait for a connection, which follows. */
  #requested(blocked: Row | undefined): void {
    const duration = this.#duration
    if (duration === undefined) return
    this.#duration = undefined
    const sample = requestSample(duration, blocked?.value ?? 0)
    this.accounts.get(duration.scenario)?.sample(this.#iterationOf(duration), sample)
  }

  #checked(row: Row, account: Account): void {
    const iteration = this.#iterationOf(row)
    if (row.value === 0) iteration.failedCheck = true
    account.sample(iteration, checkSample(row))
  }

  #ended(row: Row, account: Account): void {
    const iteration = this.#iterationOf(row)
    this.#running.delete(vuOf(row))
    account.completed(iteration, iterationSample(iteration, row.value))
  }

  /** The iteration that a row belongs to. One whose start was not readable is taken to have been on time. */
  #iterationOf(row: Row): Iteration {
    const running = this.#running.get(vuOf(row))
    return running ?? { ...newIteration(row.scenario, row.atUs), tick: { dueUs: row.atUs, latenessMs: 0 } }
  }

  #firstTick(atUs: number): void {
    if (this.#zeroUs !== undefined) return
    this.#zeroUs = atUs
    this.#events.secondZero(atUs)
  }

  #settleTicks(nowUs: number): void {
    for (const account of this.accounts.values()) account.settleTicks(nowUs, this.#zeroUs ?? 0)
  }

  #due(dueUs: number, event: Omit<LoadEvent, 'second'>): void {
    const placed = { second: this.#secondOf(dueUs), ...event }
    this.#seconds.add(placed)
    this.#events.event(placed)
  }

  #acknowledged({ dueUs, ...ack }: Acknowledged): void {
    this.#events.ack({ schema: 'gauntlet/ack/1', second: this.#secondOf(dueUs), ...ack })
  }

  #secondOf(atUs: number): number {
    return Math.max(0, Math.floor((atUs - (this.#zeroUs ?? atUs)) / 1e6))
  }
}

const vuOf = (row: Row): string => metadataOf(row, 'vu') ?? ''
