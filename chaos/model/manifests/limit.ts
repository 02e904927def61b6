import type { YamlPath } from '../../../reports/run/index.ts'
import { valuesAt } from './values-at.ts'

/** What one machine may have; without it some fields cannot be honoured. */
export type Capability =
  | 'netem'
  | 'nft'
  | 'tbf'
  | 'stress-ng'
  | 'docker'
  | 'slow-disk'
  | 'prlimit'
  /** the system tells who listens on a port */
  | 'listeners'

/** A field of a kind that cannot be honoured on one machine: data, beside the kind's schema. */
export interface Limit {
  /** where, from the spec; `*` is each key or item */
  readonly at: readonly string[]
  /** only with one of these values; left out: whenever it is given */
  readonly values?: readonly unknown[]
  /** these values can be honoured */
  readonly but?: readonly unknown[]
  /** these keys can be honoured, where `at` ends with `*` */
  readonly butKeys?: readonly string[]
  /** no limit where the machine has this */
  readonly unless?: Capability
  readonly why: string
  readonly possibleWith: string
}

/** Said in the plan instead of skipping something in silence. */
export interface Refusal {
  readonly path: YamlPath
  readonly why: string
  readonly possibleWith: string
}

export function limitsMet(value: unknown, limits: readonly Limit[], has: readonly Capability[]): Refusal[] {
  return limits
    .filter(({ unless }) => unless === undefined || !has.includes(unless))
    .flatMap(({ at, values, but = [], butKeys = [], why, possibleWith }) =>
      valuesAt(value, at)
        .filter(({ value }) => (values?.includes(value) ?? true) && !but.includes(value))
        .filter(({ path }) => !butKeys.includes(String(path.at(-1))))
        .map(({ path }) => ({ path, why, possibleWith })),
    )
}
