import type { Comparison } from '../run/comparison.ts'

/** All that the page of a comparison shows. */
export interface ComparisonPageData {
  readonly comparison: Comparison
  /** the row of facts below the verdict: name and words */
  readonly summary: readonly (readonly [string, string])[]
  readonly reproduce: {
    readonly command: string
    /** name and value, such as `Base` and `shop 1.2.0 (../base)` */
    readonly facts: readonly (readonly [string, string])[]
  }
}
