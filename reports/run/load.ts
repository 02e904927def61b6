import { type Static, Type } from 'typebox'
import { Label } from './ids.ts'

const closed = { additionalProperties: false } as const
/** In a second nothing is as often; who says so is damaged, and a judge would reckon with it for very long. */
const MOST_EVENTS = 1e9
const Count = Type.Integer({ minimum: 0, maximum: MOST_EVENTS })

/** A closed set. `timeout` by k6's error code; `bad` when `expected_response` is false, a check failed or the journey threw. */
export const LOAD_OUTCOMES = ['ok', 'bad', 'timeout', 'dropped', 'interrupted'] as const

/** Stands for all names beyond those that are kept apart. */
export const OTHERS = '(others)'

/** A latency sketch, sparse: pairs of bucket index and count, ascending; see reports/sketch. */
export const EncodedSketch = Type.Array(Count)

/** One time series in one second, by intended start. */
export const LoadSeries = Type.Object(
  {
    measure: Type.Enum(['request', 'iteration', 'check', 'metric']),
    scenario: Label,
    name: Type.String({
      description: 'request name, check name or metric name; for an iteration the scenario',
    }),
    outcome: Type.Enum([...LOAD_OUTCOMES]),
    count: Count,
    /** of the same in ms, or in the metric's unit, exact; what never ended counts as long as it had waited */
    sum: Type.Optional(Type.Number()),
    /** per threshold in ms: how many took longer, counted exactly, from the intended start */
    over: Type.Record(Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?$' }), Count),
    /** milliseconds from the intended start */
    sketch: EncodedSketch,
    /** milliseconds from the actual start; absent when the same */
    uncorrected: Type.Optional(EncodedSketch),
  },
  closed,
)

/** Eleven days: no load is so long, and who goes through it by the second must not go on to where damage says. */
const LATEST_SECOND = 1_000_000

/** One line of evidence/load.ndjson. Further lines of the same second are added up. */
export const LoadSecond = Type.Object(
  {
    schema: Type.Literal('gauntlet/load/1'),
    second: Type.Integer({ minimum: 0, maximum: LATEST_SECOND }),
    series: Type.Array(LoadSeries),
  },
  { ...closed, description: 'One closed second of load' },
)

export type LoadOutcome = (typeof LOAD_OUTCOMES)[number]
export type LoadSeries = Static<typeof LoadSeries>
export type LoadSecond = Static<typeof LoadSecond>
