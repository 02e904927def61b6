import type { LoadSecond } from '../../reports/run/load.ts'
import { count, counted } from '../../reports/run/words/words.ts'
import { entryOf } from '../drivers/k6/stream/entry-of.ts'
import { Seconds } from '../drivers/k6/stream/seconds.ts'
import { MOST_NAMES, SeriesKeys } from '../drivers/k6/stream/series.ts'
import { UsualRequests } from '../drivers/k6/stream/usual-requests.ts'
import { labelOf } from '../model/labels.ts'
import { startUs, whyNoLength } from './result-length.ts'
import type { Dropped, Result, ResultSink, Results } from './results.ts'
import { ResultsClock } from './results-clock.ts'
import { ScenarioNames } from './scenario-names.ts'
import { Silences } from './silences.ts'
import { UnreadableLines } from './unreadable-lines.ts'
import { UsersAtWork } from './users-at-work.ts'

const CLOSED_EVERY_SECONDS = 16

export interface ResultsFoldOptions {
  /** every latency threshold of every objective: counted exactly at each */
  readonly thresholdsMs: readonly number[]
  /** names that objectives ask for: kept apart, however many there are */
  readonly names: readonly string[]
  /** how much earlier than one before it a result may have ended; more is a clock that jumped back */
  readonly disorderMs: number
}

/** Folds results into seconds of load, by their actual start. Memory grows with seconds and series, not with results. */
export class ResultsFold implements ResultSink {
  readonly #seconds: Seconds
  readonly #clock: ResultsClock
  readonly #silences = new Silences()
  readonly #users = new UsersAtWork()
  readonly #keys: SeriesKeys
  readonly #scenarios = new ScenarioNames()
  readonly #load: LoadSecond[] = []
  readonly #notes = new Set<string>()
  readonly #unreadable = new UnreadableLines()
  /** iterations that never started, by scenario and second */
  readonly #dropped = new Map<string, Map<number, number>>()
  /** by scenario */
  readonly #usual = new Map<string, UsualRequests>()
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY
  #closedAt = 0

  constructor({ thresholdsMs, names, disorderMs }: ResultsFoldOptions) {
    this.#keys = new SeriesKeys({ asked: names, most: MOST_NAMES })
    this.#seconds = new Seconds(thresholdsMs, this.#keys)
    this.#clock = new ResultsClock(disorderMs)
  }

  result(result: Result, line: number): void {
    const why = whyNoLength(result) ?? this.#clock.refuse(result.endUs)
    if (why === undefined) this.#add(result)
    else this.unreadable(why, line)
  }

  dropped({ scenario, atUs, iterations }: Dropped, line: number): void {
    const why = this.#clock.refuse(atUs)
    if (why !== undefined) {
      this.unreadable(why, line)
      return
    }
    const bySecond = entryOf(this.#dropped, this.#scenarios.kept(scenario), () => new Map<number, number>())
    const second = this.#secondOf(atUs)
    bySecond.set(second, (bySecond.get(second) ?? 0) + iterations)
  }

  iterated(scenario: string, atUs: number): void {
    this.#users.ended(atUs)
    this.#usualOf(this.#scenarios.kept(scenario)).iterated()
  }

  spoke(atUs: number): void {
    this.#silences.heard(atUs)
  }

  atWork(atUs: number, line: number): void {
    const why = this.#clock.refuse(atUs)
    if (why === undefined) this.#users.atWork(atUs)
    else this.unreadable(why, line)
  }

  unreadable(why: string, line: number): void {
    this.#unreadable.add(why, line)
  }

  note(sentence: string): void {
    this.#notes.add(sentence)
  }

  finish(kind: string, lines: number): Results {
    for (const [scenario, bySecond] of this.#dropped)
      for (const [second, iterations] of bySecond) this.#notStarted(scenario, second, iterations)
    this.#load.push(...this.#seconds.close(Number.POSITIVE_INFINITY))
    const isEmpty = this.#last < this.#first
    const { first, last } = isEmpty ? { first: 0, last: -1 } : this.#users.around(this.#first, this.#last)
    return {
      ...{ kind, lines, zeroUs: first * 1e6, seconds: last - first + 1 },
      load: this.#scenarios.labelled(this.#load).map((one) => ({ ...one, second: one.second - first })),
      unreadableLines: this.#unreadable.count,
      lost: this.#keys.lost,
      gaps: this.#silences.between(first, last),
      notes: [
        ...this.#notes,
        ...this.#scenarios.notes,
        ...this.#lostNotes(),
        ...this.#unreadable.notes(lines),
      ],
    }
  }

  #add(result: Result): void {
    const { measure, outcome, valueMs } = result
    const scenario = this.#scenarios.kept(result.scenario)
    const key = this.#keys.of(measure, scenario, result.name, outcome)
    if (measure === 'request') this.#usualOf(scenario).made(key.name, 1)
    this.#users.ended(result.endUs)
    const second = this.#secondOf(startUs(result))
    this.#seconds.count(second, key, { latencyMs: valueMs, uncorrectedMs: valueMs })
    this.#closePassed()
  }

  #usualOf(scenario: string): UsualRequests {
    return entryOf(this.#usual, scenario, () => new UsualRequests())
  }

  #secondOf(atUs: number): number {
    const second = Math.floor(atUs / 1e6)
    this.#first = Math.min(this.#first, second)
    this.#last = Math.max(this.#last, second)
    return second
  }

  /** A second that comes again later is a further line of it. */
  #closePassed(): void {
    const settled = Math.floor(this.#clock.settledUs / 1e6)
    if (settled < this.#closedAt + CLOSED_EVERY_SECONDS) return
    this.#closedAt = settled
    this.#load.push(...this.#seconds.close(settled))
  }

  /** As in a run of our own: the requests that such iterations usually make, not answered until the end. */
  #notStarted(scenario: string, second: number, iterations: number): void {
    const latencyMs = Math.max(0, this.#clock.latestUs / 1000 - second * 1000)
    const usual = this.#usualOf(scenario)
    const lacked = usual.areKnown
      ? usual.lackedByDropped(iterations)
      : [[labelOf(scenario), iterations] as const]
    for (const [name, times] of lacked) {
      const key = this.#keys.of('request', scenario, name, 'dropped', times)
      this.#seconds.count(second, key, { latencyMs, uncorrectedMs: undefined }, times)
    }
  }

  #lostNotes(): string[] {
    const { lost } = this.#keys
    if (lost === undefined) return []
    const kept = `the first ${count(MOST_NAMES)} names and those that objectives ask for are kept apart`
    return [`${kept}; ${counted(lost.events, 'results')} of others are counted together`]
  }
}
