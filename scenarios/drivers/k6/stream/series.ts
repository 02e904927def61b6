import type { Instrument } from '../../../../reports/run/evidence.ts'
import { LOAD_OUTCOMES, type LoadOutcome, type LoadSeries, OTHERS } from '../../../../reports/run/load.ts'

/** So many are kept apart in a run, of all measures and scenarios together; a script that puts ids into them has more. */
export const MOST_NAMES = 1_000
const MOST_COUNTED = 10_000
const MOST_EXAMPLES = 5

type Measure = LoadSeries['measure']
const MEASURES: readonly Measure[] = ['request', 'iteration', 'check', 'metric']

/** Which series an event belongs to: the same object for the same series. */
export interface SeriesKey {
  readonly measure: Measure
  readonly scenario: string
  readonly name: string
  readonly outcome: LoadOutcome
  /** series of a second are written in the order of these */
  readonly order: string
}

export interface SeriesOptions {
  /** names that are kept apart, however many others there are */
  readonly asked: readonly string[]
  /** names that are kept apart besides */
  readonly most: number
}

interface Kept {
  readonly name: string
  readonly byOutcome: (SeriesKey | undefined)[]
}

/** The series of a run. The first names are kept apart, and those that are asked for; all others share one. */
export class SeriesKeys {
  readonly #asked: ReadonlySet<string>
  readonly #most: number
  /** by scenario, then by measure, then by name */
  readonly #kept = new Map<string, readonly Map<string, Kept>[]>()
  readonly #lostNames = new Set<string>()
  #lostEvents = 0
  #names = 0

  constructor({ asked, most }: SeriesOptions) {
    this.#asked = new Set(asked)
    this.#most = most
  }

  of(measure: Measure, scenario: string, name: string, outcome: LoadOutcome, times = 1): SeriesKey {
    const names = this.#namesOf(measure, scenario)
    const kept = names.get(name) ?? this.#newName(names, name)
    if (kept.name === OTHERS) this.#lostEvents += times
    const at = LOAD_OUTCOMES.indexOf(outcome)
    const known = kept.byOutcome[at]
    if (known !== undefined) return known
    const order = `${measure}\n${scenario}\n${kept.name}\n${outcome}`
    const made = { measure, scenario, name: kept.name, outcome, order }
    kept.byOutcome[at] = made
    return made
  }

  /** undefined when every name has a series of its own. A count of 10,000 names stands for as many or more. */
  get lost(): Instrument['lost'] {
    if (this.#lostEvents === 0) return undefined
    const examples = [...this.#lostNames].slice(0, MOST_EXAMPLES)
    return { names: this.#lostNames.size, events: this.#lostEvents, examples }
  }

  #namesOf(measure: Measure, scenario: string): Map<string, Kept> {
    let byMeasure = this.#kept.get(scenario)
    if (byMeasure === undefined) {
      byMeasure = MEASURES.map(() => new Map())
      this.#kept.set(scenario, byMeasure)
    }
    return byMeasure[MEASURES.indexOf(measure)]!
  }

  #newName(names: Map<string, Kept>, name: string): Kept {
    if (name !== OTHERS && this.#names >= this.#most && !this.#asked.has(name)) {
      if (this.#lostNames.size < MOST_COUNTED) this.#lostNames.add(name)
      return names.get(OTHERS) ?? this.#newName(names, OTHERS)
    }
    this.#names += 1
    const kept = { name, byOutcome: LOAD_OUTCOMES.map(() => undefined) }
    names.set(name, kept)
    return kept
  }
}
