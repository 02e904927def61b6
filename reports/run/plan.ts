import { type Static, Type } from 'typebox'
import { Label } from './ids.ts'
import { Target } from './target.ts'

const closed = { additionalProperties: false } as const
const Milliseconds = Type.Number({ minimum: 0 })
const Labels = Type.Record(Type.String(), Type.String())

/** What is counted. One event is one request, iteration, check, metric sample, acknowledged id (`fact`), probe or page visit. */
export const Measure = Type.Object(
  {
    measure: Type.Enum(['request', 'iteration', 'check', 'metric', 'fact', 'probe', 'page']),
    name: Type.Optional(Type.String({ minLength: 1 })),
    scenario: Type.Optional(Label),
    /** for a fact: `known done late lost twice`; elsewhere an outcome of the load's closed set */
    outcome: Type.Optional(Type.String({ minLength: 1 })),
    /** good only when it took no longer than this */
    withinMs: Type.Optional(Milliseconds),
  },
  closed,
)

/** An objective as the judge needs it, resolved from an OpenSLO document and the plan. */
export const PlannedObjective = Type.Object(
  {
    name: Label,
    title: Type.String(),
    advisory: Type.Boolean({ description: 'shown, never counted' }),
    /** names of judged phases, in the plan's order; empty for a census, which covers the whole run */
    phases: Type.Array(Label),
    evidence: Type.Enum(['sample', 'census', 'repeats']),
    total: Measure,
    good: Type.Optional(Measure),
    bad: Type.Optional(Measure),
    /** the least good ratio, below 1; a census ignores it */
    targetRatio: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    /** how the promise is said: `p95 < 300 ms`, `99.9 %`, `0 of all`, `median LCP < 1.5 s` */
    promised: Type.String(),
    /** what its events are called, in the plural: requests, orders, audits */
    noun: Type.String(),
  },
  closed,
)

/** One k6 scenario: one executor, one journey. */
export const PlannedLoad = Type.Object(
  {
    name: Label,
    title: Type.String(),
    executor: Type.Object(
      {
        kind: Type.Enum(['constant-arrival-rate']),
        ratePerSecond: Type.Number({ exclusiveMinimum: 0 }),
        durationMs: Milliseconds,
        preAllocatedVus: Type.Integer({ minimum: 1 }),
      },
      closed,
    ),
    journey: Type.String({ description: 'path of the *.k6.ts file, relative to the project' }),
    journeySha256: Type.String(),
    requestTimeoutMs: Milliseconds,
    environment: Labels,
  },
  closed,
)

export const PlannedPhase = Type.Object(
  {
    name: Label,
    /** from second 0; after a drain, the latest it can start */
    startMs: Milliseconds,
    durationMs: Milliseconds,
    judged: Type.Boolean(),
    load: Type.Boolean({ description: 'whether the load runs in it' }),
    experiments: Type.Array(Label),
    audits: Type.Array(Label),
  },
  closed,
)

/** A probe of the steady state: so many processes with these labels are alive. */
export const PlannedProbe = Type.Object(
  { name: Label, kind: Type.Enum(['process']), labels: Labels, atLeast: Type.Integer({ minimum: 0 }) },
  closed,
)

export const PlannedExperiment = Type.Object(
  {
    name: Label,
    title: Type.String(),
    why: Type.String(),
    phase: Label,
    hypothesis: Type.Array(PlannedProbe),
    fault: Type.Object(
      {
        kind: Type.Enum(['process-kill']),
        manifest: Type.Unknown({ description: 'the Chaos Mesh manifest as it stands in the file' }),
      },
      closed,
    ),
    blastRadius: Type.Object({ labels: Labels, mode: Type.Enum(['one']), value: Type.Literal(1) }, closed),
    /** how long the way back may take until it is proven */
    rollbackWithinMs: Milliseconds,
    /** said to people, in the plan and the report */
    does: Type.String(),
    undo: Type.String(),
    proof: Type.String(),
  },
  closed,
)

export const PlannedAudit = Type.Object(
  {
    name: Label,
    title: Type.String(),
    url: Type.String({ pattern: '^https?://' }),
    preset: Type.Enum(['desktop', 'mobile']),
    visits: Type.Integer({
      minimum: 1,
      description: 'the fewest visits; more are made while the phase lasts and the answer is open',
    }),
    visitTimeoutMs: Milliseconds,
  },
  closed,
)

/** Memory of one virtual user of k6, rounded up from what was measured; see scenarios/README.md. */
export const BYTES_PER_VU = 200 * 1024

/** Everything a run will do, resolved: a run folder needs no project to be judged. */
export const Plan = Type.Object(
  {
    schema: Type.Literal('gauntlet/plan/1'),
    name: Label,
    title: Type.String(),
    why: Type.String(),
    seed: Type.Integer(),
    target: Target,
    tools: Type.Record(Type.String(), Type.Object({ version: Type.String(), origin: Type.String() }, closed)),
    load: Type.Array(PlannedLoad),
    phases: Type.Array(PlannedPhase),
    drain: Type.Optional(Type.Object({ atMostMs: Milliseconds, fact: Label }, closed)),
    experiments: Type.Array(PlannedExperiment),
    audits: Type.Array(PlannedAudit),
    objectives: Type.Array(PlannedObjective),
    /** every latency threshold of every objective, ascending: the stream counts exactly at each */
    thresholdsMs: Type.Array(Milliseconds),
    /** the longest the run can take, drain included */
    atMostMs: Milliseconds,
  },
  { ...closed, description: 'A resolved plan: what a run does, when, to whom, and what it promises' },
)

export type Measure = Static<typeof Measure>
export type PlannedObjective = Static<typeof PlannedObjective>
export type PlannedLoad = Static<typeof PlannedLoad>
export type PlannedPhase = Static<typeof PlannedPhase>
export type PlannedProbe = Static<typeof PlannedProbe>
export type PlannedExperiment = Static<typeof PlannedExperiment>
export type PlannedAudit = Static<typeof PlannedAudit>
export type Plan = Static<typeof Plan>
