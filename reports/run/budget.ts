import { type Static, Type } from 'typebox'
import { Label, RUN_ID_PATTERN } from './ids.ts'

const closed = { additionalProperties: false } as const
const Figure = Type.Union([Type.Number(), Type.Null()], { description: 'null: nothing was measured' })
/** of simulated windows; null: a part of the spending was not measured, so there is nothing to simulate */
const Simulated = Type.Union([Type.Number({ minimum: 0 }), Type.Null()])
const Count = Type.Integer({ minimum: 0 })

/** A figure, between the bounds that its evidence does not rule out. */
export const Estimate = Type.Object({ value: Figure, low: Figure, high: Figure }, closed)

/** What the incidents of one experiment cost of a budget. Shares are of the whole window's budget: 1 is all of it. */
export const BudgetFault = Type.Object(
  {
    experiment: Label,
    /** how often it is assumed to happen in 30 days, and why */
    perMonth: Type.Number({ minimum: 0 }),
    why: Type.String(),
    /** that were measured */
    incidents: Count,
    /** of these, not over when their run ended: they cost more than was seen */
    open: Count,
    /** from its injection until the objective was kept again, of the longest; null: none broke it */
    longestMs: Figure,
    /** of one incident, on average */
    costRatio: Estimate,
    /** of all incidents in a window, on average; nothing of what never happens */
    spentRatio: Estimate,
    /** so often in 30 days it would use the budget up, all else unchanged; null: it costs nothing, or not all was measured */
    breaksPerMonth: Figure,
  },
  closed,
)

export const BUDGET_ANSWERS = ['within', 'beyond', 'inconclusive'] as const

export const ObjectiveBudget = Type.Object(
  {
    name: Label,
    title: Type.String(),
    /** how the promise is said: `p95 < 300 ms` */
    promised: Type.String(),
    noun: Type.String(),
    windowMs: Type.Number({ exclusiveMinimum: 0 }),
    targetRatio: Type.Number({ minimum: 0, exclusiveMaximum: 1 }),
    /** on average, asked at the bounds: `within` at the upper one, `beyond` even at the lower one */
    answer: Type.Enum([...BUDGET_ANSWERS]),
    /** sentences */
    why: Type.Array(Type.String()),
    /** what is bad while no fault is on, and what that spends when it goes on for a whole window */
    steady: Type.Object({ events: Count, bad: Count, badRatio: Estimate, spentRatio: Estimate }, closed),
    faults: Type.Array(BudgetFault),
    /** of an average window; where a part was not measured, only the lower bound is known */
    spentRatio: Estimate,
    /** the share of good events in an average window */
    goodRatio: Estimate,
    /** of the simulated windows: what half of them, and 95 % of them, spend at most */
    medianSpentRatio: Simulated,
    p95SpentRatio: Simulated,
    /** the share of the simulated windows in which the budget lasts */
    lastsRatio: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
    /** what spends most: an experiment, or `steady burn`; null: nothing is spent, or not all was measured */
    biggest: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)

/** What `gauntlet slo budget --json` prints: a function of the records, the rates and the seed alone. */
export const BudgetReport = Type.Object(
  {
    schema: Type.Literal('gauntlet/budget/1'),
    runs: Type.Array(Type.String({ pattern: RUN_ID_PATTERN })),
    /** how many windows of each objective were simulated, and from which seed */
    simulated: Type.Object({ windows: Count, seed: Type.Integer() }, closed),
    objectives: Type.Array(ObjectiveBudget),
    /** objectives without a budget to spend */
    leftOut: Type.Array(Type.Object({ objective: Label, why: Type.String() }, closed)),
    /** experiments that have a rate, but are in no plan of these runs: nothing of them is counted */
    notDrilled: Type.Array(Type.String()),
  },
  {
    ...closed,
    description: 'What a window of weeks costs of each error budget, simulated from measured incidents',
  },
)

export type Estimate = Static<typeof Estimate>
export type BudgetFault = Static<typeof BudgetFault>
export type ObjectiveBudget = Static<typeof ObjectiveBudget>
export type BudgetReport = Static<typeof BudgetReport>
