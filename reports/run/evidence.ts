import { type Static, Type } from 'typebox'
import { Label, Microseconds } from './ids.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })

/** One line of evidence/acks.ndjson: the target acknowledged an id to a virtual user. */
export const Ack = Type.Object(
  {
    schema: Type.Literal('gauntlet/ack/1'),
    fact: Label,
    id: Type.String({ minLength: 1 }),
    scenario: Label,
    atUs: Microseconds,
    second: Type.Integer({ description: 'second of the run in which its iteration was due' }),
  },
  { ...closed, description: 'An acknowledged id' },
)

/** One line of evidence/facts.ndjson: what the target knew of an id after the drain. */
export const FactRow = Type.Object(
  {
    schema: Type.Literal('gauntlet/fact-row/1'),
    fact: Label,
    id: Type.String({ minLength: 1 }),
    doneAtUs: Type.Union([Microseconds, Type.Null()]),
    effects: Count,
    /** when the target was asked */
    atUs: Microseconds,
  },
  { ...closed, description: 'What the target knew of an id' },
)

/** One line of evidence/audits.ndjson: one page visit. */
export const AuditVisit = Type.Object(
  {
    schema: Type.Literal('gauntlet/audit/1'),
    audit: Label,
    phase: Label,
    visit: Type.Integer({ minimum: 1 }),
    atUs: Microseconds,
    /** Lighthouse's names and units: largest-contentful-paint in ms, cumulative-layout-shift as a number */
    metrics: Type.Record(Type.String(), Type.Number()),
    /** Lighthouse's measure of the machine's speed during the visit */
    benchmarkIndex: Type.Union([Type.Number(), Type.Null()]),
    /** why there are no figures; null when there are */
    error: Type.Union([Type.String(), Type.Null()]),
  },
  { ...closed, description: 'One page visit' },
)

/** One line of evidence/probes.ndjson: what a probe read. */
export const ProbeSample = Type.Object(
  {
    schema: Type.Literal('gauntlet/probe/1'),
    /** `PROCESS/METRIC`, such as `orders/resident-bytes`, or the name of a probe of a steady state */
    probe: Type.String({ minLength: 1 }),
    atUs: Microseconds,
    /** null: there was nothing to read */
    value: Type.Union([Type.Number(), Type.Null()]),
  },
  { ...closed, description: 'What a probe read' },
)

/** One line of evidence/queries.ndjson: what a data source answered. */
export const QueryPoints = Type.Object(
  {
    schema: Type.Literal('gauntlet/query/1'),
    source: Type.String({ minLength: 1 }),
    query: Type.String({ minLength: 1 }),
    stepMs: Type.Number({ exclusiveMinimum: 0 }),
    /** ascending; null: the source had no number there */
    points: Type.Array(Type.Tuple([Microseconds, Type.Union([Type.Number(), Type.Null()])])),
    /** why there are none; null when the source answered */
    error: Type.Union([Type.String(), Type.Null()]),
  },
  { ...closed, description: 'What a data source answered to a query' },
)

/** evidence/instrument.json: what the harness saw of itself. Absent: it never got so far. */
export const Instrument = Type.Object(
  {
    schema: Type.Literal('gauntlet/instrument/1'),
    rows: Type.Integer({ minimum: 0, description: 'rows read from the stream' }),
    unreadableRows: Count,
    /** whole seconds, from the run's start, in which the stream should have spoken and did not */
    gaps: Type.Array(Type.Object({ fromSecond: Type.Integer(), toSecond: Type.Integer() }, closed)),
    /** p99 of the lateness of iteration starts, per scenario, in ms */
    startLatenessP99Ms: Type.Record(Type.String(), Type.Number()),
    iterations: Type.Array(
      Type.Object(
        { scenario: Label, completed: Count, dropped: Count, interrupted: Count, threw: Count },
        closed,
      ),
      { description: 'of each scenario that was to run' },
    ),
    /** one entry a second of the load, from second 0 */
    seconds: Type.Optional(
      Type.Array(
        Type.Object(
          {
            second: Count,
            /** iterations that started while virtual users were free, and those of them later than latenessLimitMs */
            starts: Count,
            lateStarts: Count,
            /** p99 of the lateness of these starts, of the latest scenario */
            startLatenessP99Ms: Type.Union([Type.Number(), Type.Null()]),
            /** how much of the second the load generator waited for a processor; null when nobody could tell */
            runQueueRatio: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
            /** how far the reading of the stream was behind what it said */
            lagMs: Type.Number({ minimum: 0 }),
            /** how far the system's time moved against the run's clock */
            clockStepMs: Type.Number(),
          },
          closed,
        ),
      ),
    ),
    /** names beyond the most that are kept apart: their events are counted together under one name */
    lost: Type.Optional(
      Type.Object({ names: Count, events: Count, examples: Type.Array(Type.String()) }, closed),
    ),
    generatorExit: Type.Union([Type.Integer(), Type.Null()]),
    firstException: Type.Union([Type.String(), Type.Null()]),
  },
  { ...closed, description: 'What the harness saw of itself' },
)

/** What the harness may show of itself before its evidence is spoilt. */
export const INSTRUMENT_LIMITS = {
  /** of the iterations of a phase: their p99 lateness (JUDGING, rule 9) */
  lateRatio: 0.01,
  /** of the time of a phase, the load generator waiting for a processor (JUDGING, rule 9) */
  waitRatio: 0.2,
  /** phases, guards and faults go by the clock: reading what was said so long ago, they would act on another moment */
  lagMs: 5_000,
  /** the load generator stamps by the system's time, and we by a clock that never steps (CONTRACTS, "One clock") */
  stepMs: 50,
} as const

export type Ack = Static<typeof Ack>
export type FactRow = Static<typeof FactRow>
export type ProbeSample = Static<typeof ProbeSample>
export type QueryPoints = Static<typeof QueryPoints>
export type AuditVisit = Static<typeof AuditVisit>
export type Instrument = Static<typeof Instrument>
