import { type LoadSecond, OTHERS } from '../../reports/run/load.ts'
import { list } from '../../reports/run/words/words.ts'
import { labelOf, labelsOf } from '../model/labels.ts'

/** A thread group for each user must not fill the memory. */
const MOST_SCENARIOS = 100
const MOST_TOLD = 6

/** Scenarios as their own tool calls them; which label each gets is known when all were seen. */
export class ScenarioNames {
  readonly #kept = new Set<string>()
  #areTooMany = false

  /** The name under which a scenario is counted. */
  kept(name: string): string {
    const isKept = this.#kept.has(name) || this.#kept.size < MOST_SCENARIOS
    this.#areTooMany ||= !isKept
    const counted = isKept ? name : OTHERS
    this.#kept.add(counted)
    return counted
  }

  labelled(load: readonly LoadSecond[]): LoadSecond[] {
    const labels = labelsOf(this.#kept)
    return load.map((second) => ({
      ...second,
      series: second.series.map((one) => ({
        ...one,
        scenario: labels.get(one.scenario) ?? labelOf(one.scenario),
      })),
    }))
  }

  get notes(): string[] {
    const alike = [...labelsOf(this.#kept)].filter(([name, label]) => label !== labelOf(name))
    const told = alike.slice(0, MOST_TOLD).map(([name, label]) => `"${name}" is ${label}`)
    const more = alike.length > MOST_TOLD ? [`${alike.length - MOST_TOLD} more`] : []
    return [
      ...(this.#areTooMany ? [`only the first ${MOST_SCENARIOS} scenarios are kept apart`] : []),
      ...(told.length === 0 ? [] : [`scenarios whose names are alike: ${list([...told, ...more])}`]),
    ]
  }
}
