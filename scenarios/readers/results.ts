import type { Instrument } from '../../reports/run/evidence.ts'
import type { LoadOutcome, LoadSecond, LoadSeries } from '../../reports/run/load.ts'

/** One thing that a load generator measured. */
export interface Result {
  readonly measure: LoadSeries['measure']
  /** as its own tool calls it */
  readonly scenario: string
  readonly name: string
  readonly outcome: LoadOutcome
  /** microseconds since 1970 */
  readonly endUs: number
  /** for a metric its value, whatever its unit; undefined for a check, which has none */
  readonly valueMs: number | undefined
}

export interface Dropped {
  readonly scenario: string
  readonly atUs: number
  readonly iterations: number
}

/** What a parser finds in a file, line by line. */
export interface ResultSink {
  result(result: Result, line: number): void
  /** so many iterations never started, because no virtual user was free */
  dropped(dropped: Dropped, line: number): void
  /** an iteration came to its end, and its requests were told */
  iterated(scenario: string, atUs: number): void
  /** the tool was alive then, whether anything happened or not */
  spoke(atUs: number): void
  /** virtual users were at work then, whether anything came of it or not */
  atWork(atUs: number, line: number): void
  /** `why` follows the words "line 17" */
  unreadable(why: string, line: number): void
  /** something that a reader of the verdict must know of this file; said once */
  note(sentence: string): void
}

/** A results file of another tool, as evidence. */
export interface Results {
  /** such as `CSV of k6` */
  readonly kind: string
  /** microseconds since 1970: the whole second in which the first request started, or users first waited in vain */
  readonly zeroUs: number
  /** from second 0 to the end of the last one in which anything started, or users still waited */
  readonly seconds: number
  readonly load: readonly LoadSecond[]
  readonly lines: number
  readonly unreadableLines: number
  /** names beyond the most that are kept apart: their results are counted together under one name */
  readonly lost: Instrument['lost']
  /** whole seconds in which the tool should have spoken and did not */
  readonly gaps: readonly { readonly fromSecond: number; readonly toSecond: number }[]
  /** what cannot be seen in such a file, and what was wrong with it; a sentence each */
  readonly notes: readonly string[]
}
