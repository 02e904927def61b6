import type { PlannedLoad } from '../../../reports/run/plan.ts'
import { steadyRatePerSecond } from '../../../reports/run/rates.ts'
import { Sketch } from '../../../reports/sketch/index.ts'
import type { Iteration, Sample, Tick } from './iteration.ts'
import type { LoadEvent } from './seconds.ts'
import { Ticks } from './ticks.ts'
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
  /** an event, and when it was due */
  due(dueUs: number, event: Omit<LoadEvent, 'second'>): void
  acknowledged(ack: Acknowledged): void
}

/** That of k6, which takes whole numbers only; a script's is one already. */
function rateOf(load: PlannedLoad): number | undefined {
  if (load.executor.kind === 'script') return steadyRatePerSecond(load)
  const { rate, seconds } = toWholeRate(load.executor.ratePerSecond)
  return rate / seconds
}

/** Why an iteration did not make all its requests; `bad`: it threw. */
type NotMade = 'dropped' | 'interrupted' | 'bad'

interface Missing {
  readonly outcome: NotMade
  readonly dueUs: number
  readonly endUs: number
}

/** The books of one scenario: its ticks, and every event at its intended start. */
export class Account {
  readonly load: PlannedLoad
  readonly counts = { completed: 0, dropped: 0, interrupted: 0, threw: 0 }
  readonly lateness = new Sketch()
  readonly #events: AccountEvents
  /** of dropped iterations null; undefined in a closed model: an iteration is due when it starts */
  readonly #ticks: Ticks<Iteration | null> | undefined
  readonly #requestNames = new Set<string>()
  /** requests not made before the name of any was known */
  readonly #unnamed: Missing[] = []
  /** when the load of the whole run ends; what was dropped had waited until then */
  #loadEndUs = 0

  constructor(load: PlannedLoad, events: AccountEvents) {
    this.load = load
    this.#events = events
    const ratePerSecond = rateOf(load)
    this.#ticks = ratePerSecond === undefined ? undefined : new Ticks(ratePerSecond)
  }

  started(iteration: Iteration): void {
    if (this.#ticks === undefined) iteration.tick = { dueUs: iteration.startUs, latenessMs: 0 }
    else this.#ticks.add(iteration.startUs, iteration)
  }

  dropped(atUs: number): void {
    this.#ticks?.add(atUs, null)
  }

  completed(iteration: Iteration, sample: Sample): void {
    if (iteration.threw) this.counts.threw += 1
    else this.counts.completed += 1
    this.sample(iteration, sample)
  }

  sample(iteration: Iteration, sample: Sample): void {
    if (sample.measure === 'request') this.#requested(iteration, sample.name)
    if (iteration.tick === undefined) iteration.held.push(sample)
    else this.#settle(iteration, iteration.tick, sample)
  }

  /** Gives their place to all whose tick is known at this moment of the stream. */
  settleTicks(nowUs: number, zeroUs: number): void {
    this.#loadEndUs = zeroUs + this.load.executor.durationMs * 1000
    for (const { what: iteration, afterUs, latenessMs } of this.#ticks?.ranked(nowUs) ?? []) {
      const tick = { dueUs: zeroUs + afterUs, latenessMs }
      if (iteration === null) this.#missedTick(tick.dueUs)
      else this.#ticked(iteration, tick)
    }
  }

  /** Never ended: bad, and slower than every threshold. Its open request is one that it is known to make and had not. */
  interrupted(iteration: Iteration, endUs: number): void {
    this.counts.interrupted += 1
    const dueUs = iteration.tick?.dueUs ?? iteration.startUs
    this.#notMade('iteration', this.load.name, { outcome: 'interrupted', dueUs, endUs })
    this.#requestsNotMade({ outcome: 'interrupted', dueUs, endUs }, iteration.completed)
  }

  /** Of a scenario none of whose requests was ever seen, what did not end takes its name. What threw may make none. */
  finish(): void {
    const otherwise = (outcome: NotMade): string[] => (outcome === 'bad' ? [] : [this.load.name])
    for (const missing of this.#unnamed.splice(0)) {
      const names = this.#requestNames.size > 0 ? this.#requestNames : otherwise(missing.outcome)
      for (const name of names) this.#notMade('request', name, missing)
    }
  }

  #requested(iteration: Iteration, name: string): void {
    iteration.completed.add(name)
    this.#requestNames.add(name)
  }

  #ticked(iteration: Iteration, tick: Tick): void {
    iteration.tick = tick
    this.lateness.record(tick.latenessMs)
    for (const sample of iteration.held.splice(0)) this.#settle(iteration, tick, sample)
  }

  /** What an iteration does later keeps its distance to the start. The lateness is added to all that it waited for. */
  #settle(iteration: Iteration, tick: Tick, sample: Sample): void {
    const { measure, name, outcome, startUs, ownMs, feltMs, ack } = sample
    const scenario = this.load.name
    const dueUs = tick.dueUs + Math.max(0, startUs - iteration.startUs)
    const isTimed = measure === 'request' || measure === 'iteration'
    const latencyMs = feltMs === undefined || !isTimed ? feltMs : feltMs + tick.latenessMs
    this.#events.due(dueUs, { measure, scenario, name, outcome, latencyMs, uncorrectedMs: ownMs })
    if (ack !== undefined) this.#events.acknowledged({ fact: name, scenario, dueUs, ...ack })
    if (measure === 'iteration' && iteration.threw)
      this.#requestsNotMade(
        { outcome: 'bad', dueUs, endUs: startUs + (ownMs ?? 0) * 1000 },
        iteration.completed,
      )
  }

  /** A tick at the very end of the load is k6's rounding: it was not due. */
  #missedTick(dueUs: number): void {
    if (dueUs >= this.#loadEndUs) return
    this.counts.dropped += 1
    const missing = { outcome: 'dropped', dueUs, endUs: this.#loadEndUs } as const
    this.#notMade('iteration', this.load.name, missing)
    this.#requestsNotMade(missing)
  }

  /** Those that the scenario is known to make, without the ones that this iteration completed. */
  #requestsNotMade(missing: Missing, completed: ReadonlySet<string> = new Set()): void {
    for (const name of this.#requestNames) if (!completed.has(name)) this.#notMade('request', name, missing)
    if (this.#requestNames.size === 0) this.#unnamed.push(missing)
  }

  /** It took at least until the end. k6 has no figure for it, hence none uncorrected. */
  #notMade(measure: 'iteration' | 'request', name: string, { outcome, dueUs, endUs }: Missing): void {
    const latencyMs = Math.max(0, endUs - dueUs) / 1000
    const scenario = this.load.name
    this.#events.due(dueUs, { measure, scenario, name, outcome, latencyMs, uncorrectedMs: undefined })
  }
}
