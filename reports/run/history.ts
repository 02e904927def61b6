import { type Static, Type } from 'typebox'
import { Label, Microseconds, RUN_ID_PATTERN } from './ids.ts'
import { ObjectiveVerdict, RUN_VERDICTS } from './verdict.ts'

const closed = { additionalProperties: false } as const
const { name, promised, verdict, unit, suffix, better, limit, value, low, high, events } =
  ObjectiveVerdict.properties

/** What a run measured for one objective. */
export const HistoryObjective = Type.Object(
  {
    ...{ name, promised, verdict, unit, suffix, better, limit, value, low, high, events },
    tainted: Type.Boolean({ description: 'its evidence was spoilt: kept, and no point of its series' }),
  },
  closed,
)

/** One line of history.ndjson: a run that was judged. */
export const HistoryEntry = Type.Object(
  {
    schema: Type.Literal('gauntlet/history/1'),
    run: Type.String({ pattern: RUN_ID_PATTERN }),
    /** when it started */
    atUs: Microseconds,
    plan: Label,
    target: Type.Object({ name: Label, version: Type.String() }, closed),
    verdict: Type.Enum([...RUN_VERDICTS]),
    objectives: Type.Array(HistoryObjective),
  },
  { ...closed, description: 'One judged run in a history' },
)

export type HistoryObjective = Static<typeof HistoryObjective>
export type HistoryEntry = Static<typeof HistoryEntry>

/** One measured value of a series. */
export interface HistoryPoint extends Pick<HistoryEntry, 'run' | 'atUs'>, HistoryObjective {
  readonly version: string
  readonly value: number
}

/** From this point on an objective's values are others than before. */
export interface HistoryChange {
  /** of the first point after it */
  readonly index: number
  readonly run: string
  readonly version: string
  readonly before: number
  readonly after: number
  /** (after − before) ÷ before; null when before is 0 */
  readonly relative: number | null
  readonly isWorse: boolean
}

/** One objective of one plan on one target, run by run. */
export interface HistorySeries {
  readonly plan: string
  readonly target: string
  readonly objective: string
  readonly promised: string
  readonly points: readonly HistoryPoint[]
  readonly changes: readonly HistoryChange[]
}

/** A line of the file that could not be read. */
export interface BrokenLine {
  /** from 1 */
  readonly line: number
  readonly why: string
}
