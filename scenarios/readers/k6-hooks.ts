import type { K6Sample } from './k6-sample.ts'

/** Tells the samples of the load from those of setup and teardown, which belong to no scenario. */
export class K6Hooks {
  #tagsScenarios = false

  /** `unknown`: neither tag is there, and then they look like the load. */
  has({ metric, scenario, group }: K6Sample): boolean | 'unknown' {
    // k6 speaks of its users besides
    if (metric === 'vus') return false
    if (/^::(setup|teardown)(::|$)/.test(group ?? '')) return true
    this.#tagsScenarios ||= scenario !== undefined
    if (this.#tagsScenarios) return !scenario
    return group === undefined ? 'unknown' : false
  }
}
