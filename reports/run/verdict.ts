import { type Static, Type } from 'typebox'
import { Label } from './ids.ts'
import { STATISTICS } from './plan.ts'
import { OUTCOMES } from './run.ts'

const closed = { additionalProperties: false } as const
const Figure = Type.Union([Type.Number(), Type.Null()], { description: 'null: no data' })
const Count = Type.Integer({ minimum: 0 })

/** The arithmetic's own version: raised when the same record and objectives may give another verdict. */
export const JUDGE = 2

export const OBJECTIVE_VERDICTS = ['met', 'violated', 'inconclusive'] as const
export const RUN_VERDICTS = ['met', 'violated', 'inconclusive', 'invalid'] as const

export const FINDINGS = [
  'clock-stepped',
  'fault-unproven',
  'generator-starved',
  'late-starts',
  'machine-lacking',
  'no-iteration-completed',
  'stream-behind',
  'stream-gap',
  'stream-unreadable',
  'target-changed',
] as const

/** Something that spoils evidence, and which. */
export const Finding = Type.Object(
  {
    kind: Type.Enum([...FINDINGS]),
    taints: Type.Object(
      {
        scope: Type.Enum(['run', 'phase', 'scenario', 'experiment']),
        name: Type.Optional(Type.String()),
      },
      closed,
    ),
    /** one sentence with the values in it */
    why: Type.String(),
    hint: Type.String(),
  },
  closed,
)

/** What was found of how events hang together in time. */
export const Independence = Type.Object(
  {
    /** so many events tell as much as one that stands alone */
    designEffect: Type.Number({ minimum: 1 }),
    /** the longest batch that was looked at, and how many there were */
    batchSeconds: Count,
    batches: Count,
    /** separate stretches of bad events */
    clusters: Count,
    /** why this is too little to decide by; empty when it is enough */
    refusal: Type.String(),
    holdsUpTo: Type.Union(
      [Type.Object({ events: Type.Number({ minimum: 1 }), outageMs: Type.Number() }, closed), Type.Null()],
      {
        description:
          'met holds as long as a bad event comes, on average, with no more others than make so many together, which is an outage of so long; null when its own counts do not keep it',
      },
    ),
  },
  closed,
)

/** The promise is made for a window of weeks; the run judges its ratio (JUDGING, rules 12 and 13). */
export const Budget = Type.Object(
  {
    windowMs: Type.Number(),
    /** bad ratio ÷ allowed ratio: 1 spends exactly the budget, if it went on */
    burnRate: Figure,
    /** the share of the window's budget that was spent in the judged phases, at this run's rate of events */
    spentRatio: Figure,
  },
  closed,
)

export const ObjectiveVerdict = Type.Object(
  {
    name: Label,
    title: Type.String(),
    advisory: Type.Boolean(),
    verdict: Type.Enum([...OBJECTIVE_VERDICTS]),
    kind: Type.Enum(['sample', 'census', 'repeats']),
    /** how the promise is said: `p95 < 300 ms` */
    promised: Type.String(),
    statistic: Type.Enum([...STATISTICS]),
    /** of limit, value, low and high: ms, the ratio of good events, a count of bad members, or the measure's own */
    unit: Type.Enum(['ms', 'ratio', 'count', 'value']),
    /** what follows a figure whose unit is `value`, such as `MiB/h`; empty otherwise */
    suffix: Type.String(),
    /** which side of its limit a figure should lie on */
    better: Type.Enum(['lower', 'higher']),
    /** the quantile that value, low and high are, when they are one */
    quantile: Figure,
    limit: Type.Number(),
    value: Figure,
    low: Figure,
    high: Figure,
    /** the same quantile from the actual instead of the intended start */
    uncorrected: Figure,
    events: Count,
    bad: Count,
    badRatio: Type.Object({ allowed: Type.Number(), value: Figure, low: Figure, high: Figure }, closed),
    /** how far events hang together in time (rule 4); null where each is taken to stand alone */
    independence: Type.Union([Independence, Type.Null()]),
    /** what the run would have spent of the budget of the promise's own window; null for what has none */
    budget: Type.Union([Budget, Type.Null()]),
    noun: Type.String(),
    phases: Type.Array(Label),
    /** files of the run folder that it rests on */
    evidence: Type.Array(Type.String()),
    byPhase: Type.Array(Type.Object({ phase: Label, events: Count, bad: Count, value: Figure }, closed)),
    /** the bad members of a census, the first 100 */
    ids: Type.Array(Type.Object({ id: Type.String(), what: Type.String() }, closed)),
    /** one sentence; empty when met needs no word */
    why: Type.String(),
    /** what would decide an inconclusive one; null where nothing is known or needed */
    needs: Type.Union([Type.Object({ events: Count, lengthMs: Figure }, closed), Type.Null()]),
    /** kinds of the findings that spoil its evidence */
    taintedBy: Type.Array(Type.String()),
  },
  closed,
)

/** What a fault did to one objective, from its injection until it was over. */
export const FaultImpact = Type.Object(
  {
    objective: Label,
    events: Count,
    bad: Count,
    /** from the injection until a guard would have called it violated; null: it never would */
    detectMs: Figure,
    /** from the injection until it was kept again for good; null: never broken, or not kept again in this run */
    recoverMs: Figure,
    /** the share of the window's budget */
    budgetSpentRatio: Figure,
  },
  closed,
)

/** Whether the alert of an experiment fired while its faults were on. */
export const AlertVerdict = Type.Object(
  {
    objective: Label,
    /** silent: though the promise was broken; not tried: it is not known to have been broken */
    state: Type.Enum(['fired', 'silent', 'not tried', 'not judged']),
    /** from the first injection */
    firedMs: Figure,
    /** a sentence without its full stop */
    why: Type.String(),
  },
  closed,
)

/** How people did, in ms from the first injection; null: they did not, or did not say so. */
const Recovery = Type.Object(
  {
    /** somebody pressed Enter */
    noticedMs: Figure,
    /** all of the fault was gone, and not by us */
    goneMs: Figure,
    /** the steady state held again after that */
    steadyMs: Figure,
  },
  closed,
)

/** One injected fault, from the journal. Times in ms from second 0; null: did not happen. */
export const FaultVerdict = Type.Object(
  {
    experiment: Label,
    title: Type.String(),
    does: Type.String(),
    proof: Type.Enum(['confirmed', 'mismatch', 'unproven', 'not injected']),
    undo: Type.Enum(['proven gone', 'undone', 'failed', 'not needed', 'not undone']),
    undoneBy: Type.Union([Type.Enum(['harness', 'guardian', 'people']), Type.Null()]),
    injectedMs: Figure,
    confirmedMs: Figure,
    undoneMs: Figure,
    normalMs: Figure,
    victims: Type.Array(Type.String()),
    /** of a fault that people were to recover from */
    recovery: Type.Optional(Recovery),
    /** what the probe saw before, during and after */
    seen: Type.Array(Type.Object({ when: Type.String(), what: Type.String() }, closed)),
    /** what it did to the objectives that count events, whether they were asked of its phase or not */
    impact: Type.Array(FaultImpact),
    /** left out by an experiment that names none */
    alert: Type.Optional(AlertVerdict),
  },
  closed,
)

/** verdict.json: a function of the run folder and the objectives alone, byte for byte. */
export const Verdict = Type.Object(
  {
    schema: Type.Literal('gauntlet/verdict/1'),
    judge: Type.Integer(),
    verdict: Type.Enum([...RUN_VERDICTS]),
    exitCode: Type.Integer(),
    outcome: Type.Enum([...OUTCOMES]),
    why: Type.String({ description: 'one sentence of at most 160 characters' }),
    objectives: Type.Array(ObjectiveVerdict),
    faults: Type.Array(FaultVerdict),
    findings: Type.Array(Finding),
    requests: Type.Object({ count: Count, perSecond: Figure }, closed),
    /** from second 0 to the last evidence or journal line */
    lengthMs: Figure,
    residue: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'null: not scanned' }),
  },
  { ...closed, description: 'The verdict over a run' },
)

export type Independence = Static<typeof Independence>
export type Budget = Static<typeof Budget>
export type AlertVerdict = Static<typeof AlertVerdict>
export type Recovery = Static<typeof Recovery>
export type FaultImpact = Static<typeof FaultImpact>
export type Finding = Static<typeof Finding>
export type ObjectiveVerdict = Static<typeof ObjectiveVerdict>
export type FaultVerdict = Static<typeof FaultVerdict>
export type Verdict = Static<typeof Verdict>
export type RunVerdict = (typeof RUN_VERDICTS)[number]
