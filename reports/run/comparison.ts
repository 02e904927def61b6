import { type Static, Type } from 'typebox'
import { Label, RUN_ID_PATTERN } from './ids.ts'
import { LoadSeries } from './load.ts'

const closed = { additionalProperties: false } as const
const Figure = Type.Union([Type.Number(), Type.Null()], { description: 'null: no data' })
const Count = Type.Integer({ minimum: 0 })
const Milliseconds = Type.Number({ minimum: 0 })

export const SIDE_NAMES = ['base', 'head'] as const
const SideName = Type.Enum([...SIDE_NAMES])

export const CHANGE_VERDICTS = ['no-regression', 'regression', 'inconclusive'] as const
export const COMPARISON_VERDICTS = [...CHANGE_VERDICTS, 'invalid'] as const

/** One of the two that are compared. */
export const ComparedSide = Type.Object(
  {
    /** as it was given: the folder of a build, or the description of a running target */
    given: Type.String(),
    name: Label,
    version: Type.String(),
    /** names of its processes whose CPU time was read, what they started included; empty: it tells no pids */
    processes: Type.Array(Type.String()),
  },
  closed,
)

/** When which side has the load: blocks of equal length, two neighbours a pair, A B B A. */
export const BlockSchedule = Type.Object(
  {
    seed: Type.Integer(),
    /** the side that has the first block */
    first: SideName,
    pairs: Type.Integer({ minimum: 1 }),
    /** pairs before the first one that counts */
    warmUpPairs: Count,
    blockMs: Milliseconds,
    /** of a block, from its start; then nothing is sent until the next one starts */
    loadMs: Milliseconds,
  },
  closed,
)

/** evidence/sides.json: what was compared, and what the harness saw of itself. */
export const Sides = Type.Object(
  {
    schema: Type.Literal('gauntlet/sides/1'),
    run: Type.String({ pattern: RUN_ID_PATTERN }),
    base: ComparedSide,
    head: ComparedSide,
    schedule: BlockSchedule,
    outcome: Type.Enum(['completed', 'interrupted']),
    /** what of the plan is not compared, each in words */
    leftOut: Type.Array(Type.String()),
    instrument: Type.Object(
      {
        rows: Count,
        unreadableRows: Count,
        /** whole seconds, from the first block's start, in which the stream should have spoken and did not */
        gaps: Type.Array(Type.Object({ fromSecond: Type.Integer(), toSecond: Type.Integer() }, closed)),
        /** iterations that started so late that they fell into the next block */
        misplaced: Count,
        /** p99 of how much later than due iterations started */
        startLatenessP99Ms: Figure,
        /** of the time of all processors, the load generator waiting for one; null: nobody could tell */
        waitRatio: Figure,
        iterations: Type.Object(
          { completed: Count, dropped: Count, interrupted: Count, threw: Count },
          closed,
        ),
        /** the greatest step of the wall clock against ours */
        clockStepMs: Milliseconds,
        firstException: Type.Union([Type.String(), Type.Null()]),
        /** processes of the target that ended, or versions that changed, each in words */
        changes: Type.Array(Type.String()),
      },
      closed,
    ),
  },
  { ...closed, description: 'What was compared, and what the harness saw of itself' },
)

/** One line of evidence/blocks.ndjson: what one side did in one block. */
export const ComparedBlock = Type.Object(
  {
    schema: Type.Literal('gauntlet/block/1'),
    index: Count,
    side: SideName,
    /** from 0; null: before the first pair that counts */
    pair: Type.Union([Count, Type.Null()]),
    /** of the side's processes, in the whole pair; null: not read, or not in time */
    cpuSeconds: Figure,
    /** its requests in the whole pair that were answered, well or not */
    answered: Count,
    /** by the start of their iteration */
    series: Type.Array(LoadSeries),
  },
  { ...closed, description: 'What one side did in one block of a comparison' },
)

/** One figure of both sides, and by how much the head's is greater. */
export const ComparedFigure = Type.Object(
  {
    /** seconds of CPU a request; the middle latency of requests; the share of bad ones */
    what: Type.Enum(['cpu', 'latency', 'share']),
    verdict: Type.Enum([...CHANGE_VERDICTS]),
    /** seconds, ms, or a ratio: of this comparison alone, never to be held against another run's */
    base: Figure,
    head: Figure,
    /** of cpu and latency relative (0.05: 5 % more), of a share the difference of both */
    change: Figure,
    low: Figure,
    high: Figure,
    /** the greatest change that is no regression */
    tolerance: Type.Number(),
    /** that have this figure on both sides */
    pairs: Count,
    /** the change of each pair, in their order; empty for a share, which is counted over all */
    byPair: Type.Array(Type.Number()),
    events: Type.Object({ base: Count, head: Count }, closed),
    bad: Type.Object({ base: Count, head: Count }, closed),
    /** one sentence; empty when no regression needs no word */
    why: Type.String(),
    /** how many pairs would decide an inconclusive one; null where nothing is known or needed */
    needsPairs: Type.Union([Count, Type.Null()]),
  },
  closed,
)

export const ComparedObjective = Type.Object(
  {
    name: Label,
    title: Type.String(),
    advisory: Type.Boolean(),
    verdict: Type.Enum([...CHANGE_VERDICTS]),
    /** what was promised of each side alone; empty for CPU time, of which nothing is */
    promised: Type.String(),
    noun: Type.String(),
    figures: Type.Array(ComparedFigure),
  },
  closed,
)

export const ComparisonFinding = Type.Object(
  {
    kind: Type.Enum([
      'base-unanswered',
      'blocks-lost',
      'clock-stepped',
      'generator-starved',
      'late-starts',
      'no-iteration-completed',
      'stream-gap',
      'stream-unreadable',
      'target-changed',
    ]),
    /** one sentence with the values in it */
    why: Type.String(),
    hint: Type.String(),
  },
  closed,
)

/** comparison.json: a function of the record alone. */
export const Comparison = Type.Object(
  {
    schema: Type.Literal('gauntlet/comparison/1'),
    run: Type.String({ pattern: RUN_ID_PATTERN }),
    plan: Label,
    verdict: Type.Enum([...COMPARISON_VERDICTS]),
    exitCode: Type.Integer(),
    outcome: Type.Enum(['completed', 'interrupted']),
    why: Type.String({ description: 'one sentence' }),
    base: ComparedSide,
    head: ComparedSide,
    schedule: BlockSchedule,
    objectives: Type.Array(ComparedObjective),
    leftOut: Type.Array(Type.String()),
    findings: Type.Array(ComparisonFinding),
  },
  { ...closed, description: 'Two builds compared' },
)

export type SideName = (typeof SIDE_NAMES)[number]
export type ChangeVerdict = (typeof CHANGE_VERDICTS)[number]
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number]
export type ComparedSide = Static<typeof ComparedSide>
export type BlockSchedule = Static<typeof BlockSchedule>
export type Sides = Static<typeof Sides>
export type ComparedBlock = Static<typeof ComparedBlock>
export type ComparedFigure = Static<typeof ComparedFigure>
export type ComparedObjective = Static<typeof ComparedObjective>
export type ComparisonFinding = Static<typeof ComparisonFinding>
export type Comparison = Static<typeof Comparison>
