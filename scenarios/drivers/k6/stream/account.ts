import type { PlannedLoad, RateStage } from '../../../../reports/run/plan.ts'
import { mostVus, rateStages } from '../../../../reports/run/rates.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { BusyVus } from './busy-vus.ts'
import { Iteration, type Sample } from './iteration.ts'
import type { Row } from './row.ts'
import { Samples } from './samples.ts'
import type { Measured } from './seconds.ts'
import type { SeriesKey, SeriesKeys } from './series.ts'
import { Ticks } from './ticks.ts'
import { UsualRequests } from './usual-requests.ts'
import { toWholeRate } from './whole-rate.ts'

/** An acknowledged id, with the moment in which its iteration was due. */
export interface Acknowledged {
  readonly fact: string
  readonly id: string
  readonly scenario: string
  readonly atUs: number
  readonly dueUs: number
}

export interface AccountEvents {
  /** an event, or several that are the same, and when it was due */
  due(dueUs: number, key: SeriesKey, measured: Measured, times?: number): void
  acknowledged(ack: Acknowledged): void
  /** an iteration started while a virtual user was free for it */
  startedFreely(atUs: number, scenario: string, latenessMs: number): void
}

/** Those of k6, which takes whole rates only; a script's are such already. */
function stagesOf(load: PlannedLoad): readonly RateStage[] | undefined {
  if (load.executor.kind === 'script') return rateStages(load)
  const { rate, seconds } = toWholeRate(load.executor.ratePerSecond)
  const ratePerSecond = rate / seconds
  const { durationMs } = load.executor
  return [{ fromPerSecond: ratePerSecond, toPerSecond: ratePerSecond, durationMs }]
}

/** Why an iteration did not make all its requests; `bad`: it threw. */
type NotMade = 'dropped' | 'interrupted' | 'bad'

interface Missing {
  readonly outcome: NotMade
  readonly dueUs: number
  readonly endUs: number
  /** so many that are the same; one when left out */
  readonly iterations?: number
}

/** The books of one scenario: its ticks, and every event at its intended start. */
export class Account {
  readonly load: PlannedLoad
  readonly samples: Samples
  readonly counts = { completed: 0, dropped: 0, interrupted: 0, threw: 0 }
  readonly lateness = new Sketch()
  readonly #keys: SeriesKeys
  readonly #events: AccountEvents
  readonly #busyVus: BusyVus
  /** of dropped iterations null; undefined in a closed model: an iteration is due when it starts */
  readonly #ticks: Ticks<Iteration | null> | undefined
  /** by names that are kept apart, and `(others)` */
  readonly #usual = new UsualRequests()
  readonly #spare: Iteration[] = []
  /** requests not made before the name of any was known */
  readonly #unnamed: Missing[] = []
  /** its own first tick */
  #firstUs = 0
  /** when its load ends; what was dropped had waited until then */
  #endUs = 0

  constructor(load: PlannedLoad, keys: SeriesKeys, events: AccountEvents) {
    this.load = load
    this.samples = new Samples(load.name, keys)
    this.#keys = keys
    this.#events = events
    this.#busyVus = new BusyVus(mostVus(load))
    const stages = stagesOf(load)
    this.#ticks = stages === undefined ? undefined : new Ticks(stages)
  }

  /** From the start of the whole load to its first tick. One that ramps is first due when its rate adds up to one. */
  get leadUs(): number {
    const { executor } = this.load
    if (executor.kind !== 'script') return 0
    const ramps = executor.executor === 'ramping-arrival-rate'
    return executor.startMs * 1000 + (ramps ? (this.#ticks?.due.firstSeconds ?? 0) * 1e6 : 0)
  }

  /** The run's clock has begun: when this scenario's first tick is due. */
  begins(firstUs: number): void {
    this.#firstUs = firstUs
    this.#endUs = firstUs + this.load.executor.durationMs * 1000
  }

  /** An iteration that has ended and is placed is used again. */
  start(row: Row): Iteration {
    const iteration = (this.#spare.pop() ?? new Iteration()).starts(row.scenario, row.atUs)
    this.#busyVus.started(row.atUs)
    if (this.#ticks === undefined) iteration.place(row.atUs, 0)
    else this.#ticks.add(row.atUs, iteration)
    return iteration
  }

  /**
   * So many that k6 never started. In a closed model it tells of them when their scenario is over, and has waited for
   * those in flight: the last moment in which they could have started is the one before. In an open one each takes a
   * tick, as long as there are any.
   */
  dropped(atUs: number, iterations: number): void {
    if (this.#ticks === undefined) {
      this.#neverStarted(Math.min(atUs, this.#endUs - 1), iterations)
      return
    }
    const due = Math.min(iterations, this.#ticks.left)
    for (let n = 0; n < due; n += 1) this.#ticks.add(atUs, null)
  }

  completed(iteration: Iteration, row: Row): void {
    if (iteration.threw) this.counts.threw += 1
    else this.#madeItsRequests(iteration)
    this.#busyVus.ended(row.atUs)
    this.sample(iteration, this.samples.iteration(iteration, row.value))
    iteration.hasEnded = true
    if (iteration.isPlaced) this.#spare.push(iteration)
  }

  sample(iteration: Iteration, sample: Sample): void {
    if (sample.key.measure === 'request') this.#requested(iteration, sample.key.name)
    if (iteration.isPlaced) this.#settle(iteration, sample)
    else iteration.hold(sample)
  }

  /** Gives their place to all whose tick is known at this moment of the stream. */
  settleTicks(nowUs: number): void {
    this.#ticks?.settle(nowUs, (iteration, afterUs, latenessMs) => {
      const dueUs = this.#firstUs + afterUs
      if (iteration === null) this.#missedTick(dueUs)
      else this.#ticked(iteration, dueUs, latenessMs)
    })
  }

  /** Never ended: bad, and slower than every threshold. Its open request is one that is usual and that it had not made. */
  interrupted(iteration: Iteration, endUs: number): void {
    this.counts.interrupted += 1
    this.#busyVus.ended(endUs)
    const dueUs = iteration.isPlaced ? iteration.dueUs : iteration.startUs
    this.#notMade('iteration', this.load.name, { outcome: 'interrupted', dueUs, endUs })
    this.#requestsNotMade({ outcome: 'interrupted', dueUs, endUs }, iteration)
  }

  /** Of a scenario none of whose requests was ever seen, what did not end takes its name. What threw may make none. */
  finish(): void {
    for (const missing of this.#unnamed.splice(0))
      if (this.#usual.areKnown) this.#requestsNotMade(missing)
      else if (missing.outcome !== 'bad')
        this.#notMade('request', this.load.name, missing, missing.iterations)
  }

  #requested(iteration: Iteration, name: string): void {
    iteration.completes(name)
    this.#usual.made(name, 0)
  }

  #madeItsRequests(iteration: Iteration): void {
    this.counts.completed += 1
    for (const name of iteration.completed()) this.#usual.made(name, 1)
    this.#usual.iterated()
  }

  #ticked(iteration: Iteration, dueUs: number, latenessMs: number): void {
    iteration.place(dueUs, latenessMs)
    this.lateness.record(latenessMs)
    if (this.#busyVus.wasOneFree(iteration.startUs - latenessMs * 1000))
      this.#events.startedFreely(iteration.startUs, this.load.name, latenessMs)
    iteration.release((sample) => this.#settle(iteration, sample))
    if (iteration.hasEnded) this.#spare.push(iteration)
  }

  /** What an iteration does later keeps its distance to the start. The lateness is added to all that it waited for. */
  #settle(iteration: Iteration, { key, startUs, ownMs, feltMs, ack }: Sample): void {
    const dueUs = iteration.dueUs + Math.max(0, startUs - iteration.startUs)
    const isTimed = key.measure === 'request' || key.measure === 'iteration'
    const latencyMs = isTimed ? feltMs + iteration.latenessMs : feltMs
    this.#events.due(dueUs, key, { latencyMs: known(latencyMs), uncorrectedMs: known(ownMs) })
    if (ack !== undefined) this.#events.acknowledged({ scenario: this.load.name, dueUs, ...ack })
    if (key.measure === 'iteration' && iteration.threw)
      this.#requestsNotMade({ outcome: 'bad', dueUs, endUs: startUs + ownMs * 1000 }, iteration)
  }

  /** A tick at the very end of the load is k6's rounding: it was not due. */
  #missedTick(dueUs: number): void {
    if (dueUs < this.#endUs) this.#neverStarted(dueUs, 1)
  }

  #neverStarted(dueUs: number, iterations: number): void {
    this.counts.dropped += iterations
    const missing = { outcome: 'dropped', dueUs, endUs: this.#endUs, iterations } as const
    this.#notMade('iteration', this.load.name, missing, iterations)
    this.#requestsNotMade(missing)
  }

  /** Those that an iteration usually makes, less the ones that this one completed. */
  #requestsNotMade(missing: Missing, iteration?: Iteration): void {
    const lacked =
      iteration === undefined
        ? this.#usual.lackedByDropped(missing.iterations ?? 1)
        : this.#usual.lackedByCut(iteration.completed())
    for (const [name, times] of lacked) this.#notMade('request', name, missing, times)
    if (!this.#usual.areKnown) this.#unnamed.push(missing)
  }

  /** It took at least until the end. k6 has no figure for it, hence none uncorrected. */
  #notMade(measure: 'iteration' | 'request', name: string, missing: Missing, times = 1): void {
    const { outcome, dueUs, endUs } = missing
    const latencyMs = Math.max(0, endUs - dueUs) / 1000
    const key = this.#keys.of(measure, this.load.name, name, outcome, times)
    this.#events.due(dueUs, key, { latencyMs, uncorrectedMs: undefined }, times)
  }
}

const known = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms)
