import { type Static, Type } from 'typebox'
import { Label } from './ids.ts'
import { Target } from './target.ts'

const closed = { additionalProperties: false } as const
const Milliseconds = Type.Number({ minimum: 0 })
const Labels = Type.Record(Type.String(), Type.String())

/** How a value is compared: good when `value op limit`, in the measure's own unit. */
export const Limit = Type.Object({ op: Type.Enum(['lte', 'lt', 'gte', 'gt']), value: Type.Number() }, closed)

/**
 * What is counted. One event is one request, iteration, check, metric sample, acknowledged id (`fact`), probe sample,
 * page visit or point of a `query`.
 */
export const Measure = Type.Object(
  {
    measure: Type.Enum(['request', 'iteration', 'check', 'metric', 'fact', 'probe', 'page', 'query']),
    /** of a query: the query itself */
    name: Type.Optional(Type.String({ minLength: 1 })),
    scenario: Type.Optional(Label),
    /** for a fact: `known done late lost twice`; elsewhere an outcome of the load's closed set */
    outcome: Type.Optional(Type.String({ minLength: 1 })),
    /** good only when it took no longer than this */
    withinMs: Type.Optional(Milliseconds),
    /** good only when its value is so; for what is no time */
    limit: Type.Optional(Limit),
    /** of a query: the name of its data source in `sources` */
    source: Type.Optional(Type.String({ minLength: 1 })),
    /** of a query: its points grow, and what they grew by is counted */
    counter: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** What is asked of the events: what share is good, their mean, or by how much their value grows in an hour. */
export const STATISTICS = ['share', 'mean', 'trend'] as const

/** One of the indicators of a composite objective. */
export const PlannedMember = Type.Object(
  {
    /** how much its budget weighs beside those of the others */
    weight: Type.Number({ exclusiveMinimum: 0 }),
    total: Measure,
    good: Type.Optional(Measure),
    bad: Type.Optional(Measure),
    targetRatio: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
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
    /** the least good ratio, below 1; a census, a mean and a trend ignore it */
    targetRatio: Type.Number({ minimum: 0, exclusiveMaximum: 1 }),
    /** left out: the share of good events */
    statistic: Type.Optional(Type.Enum([...STATISTICS])),
    /** of a mean, and of a trend by the hour */
    limit: Type.Optional(Limit),
    /** of a value that is no time: `MiB`, `connections`; empty when it has none */
    unit: Type.Optional(Type.String()),
    /**
     * Time is cut into slices, and a slice is one event: good when its good ratio reaches targetRatio (Timeslices).
     * Without targetRatio the mean of the slices' good ratios is judged (RatioTimeslices).
     */
    slices: Type.Optional(
      Type.Object(
        {
          lengthMs: Type.Number({ exclusiveMinimum: 0 }),
          targetRatio: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
        },
        closed,
      ),
    ),
    /** composite: the weighted shares of budget that these used are judged together; `total` is the first one's */
    members: Type.Optional(Type.Array(PlannedMember, { minItems: 2 })),
    /** the time over which the promise is made, for the error budget: 28 d, a calendar month */
    windowMs: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** how the promise is said: `p95 < 300 ms`, `99.9 %`, `0 of all`, `median LCP < 1.5 s` */
    promised: Type.String(),
    /** what its events are called, in the plural: requests, orders, audits */
    noun: Type.String(),
  },
  closed,
)

/** The rate of an open model over a stretch of time: from one end to the other in a straight line. */
export const RateStage = Type.Object(
  {
    fromPerSecond: Type.Number({ minimum: 0 }),
    toPerSecond: Type.Number({ minimum: 0 }),
    durationMs: Milliseconds,
  },
  closed,
)

/** Iterations start at a steady rate, whether earlier ones have ended or not. */
const ConstantArrivalRate = Type.Object(
  {
    kind: Type.Literal('constant-arrival-rate'),
    ratePerSecond: Type.Number({ exclusiveMinimum: 0 }),
    durationMs: Milliseconds,
    preAllocatedVus: Type.Integer({ minimum: 1 }),
  },
  closed,
)

/** Those of k6 that a script of somebody's own may ask for. */
export const K6_EXECUTORS = [
  'constant-arrival-rate',
  'ramping-arrival-rate',
  'constant-vus',
  'ramping-vus',
  'shared-iterations',
  'per-vu-iterations',
] as const

/** A scenario of somebody's own k6 script, which runs as its own options say. */
const ScriptExecutor = Type.Object(
  {
    kind: Type.Literal('script'),
    executor: Type.Enum([...K6_EXECUTORS]),
    scenario: Type.String({ minLength: 1, description: "its name in the script and in k6's samples" }),
    exec: Type.String({ minLength: 1, description: 'the exported function that it runs' }),
    /** from the start of the whole load */
    startMs: Milliseconds,
    /** how long new iterations may start */
    durationMs: Milliseconds,
    /** it ends with its last iteration, perhaps long before that */
    countsIterations: Type.Boolean(),
    maxVus: Type.Integer({ minimum: 1 }),
    /** when iterations are due, one stage after the other; left out by a closed model, where nothing is */
    stages: Type.Optional(Type.Array(RateStage, { minItems: 1 })),
  },
  closed,
)

/** One k6 scenario: one executor, one journey. */
export const PlannedLoad = Type.Object(
  {
    name: Label,
    title: Type.String(),
    executor: Type.Union([ConstantArrivalRate, ScriptExecutor]),
    journey: Type.String({
      description: 'path of the *.k6.ts file, or of the script, relative to the project',
    }),
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

/** A probe of the steady state. */
export const PlannedProbe = Type.Object(
  {
    name: Label,
    probe: Type.Unknown({ description: 'what is asked, and which answers are normal, as data' }),
    /** said to people: what it asks, and which answer is normal */
    expects: Type.String(),
  },
  closed,
)

const Count = Type.Integer({ minimum: 1 })

/** A StatusCheck of a workflow: a probe that is asked again and again beside its faults, or between them. */
export const PlannedCheck = Type.Object(
  {
    ...PlannedProbe.properties,
    /** from the start of its phase */
    atMs: Milliseconds,
    forMs: Milliseconds,
    everyMs: Milliseconds,
    /** a synchronous one is over when it is known; one that is not known in its time has failed */
    mode: Type.Enum(['synchronous', 'continuous']),
    /** so many in a row, and it has succeeded, or failed */
    successes: Count,
    failures: Count,
    /** its failure ends the experiment's faults, and the run */
    aborts: Type.Boolean(),
  },
  closed,
)

/** One fault of an experiment: what is broken, when, and how that is seen. */
export const PlannedFault = Type.Object(
  {
    kind: Label,
    manifest: Type.Unknown({
      description: 'the manifest of Chaos Mesh, or of ours, as it stands in the file',
    }),
    /** from the start of its phase */
    atMs: Milliseconds,
    /** left out: until its phase is over */
    forMs: Type.Optional(Milliseconds),
    /** chooses what is hit: the same seed gives the same again */
    seed: Type.Integer(),
    /** said to people: its blast radius, what it does, what takes it back, and what would prove both */
    radius: Type.String(),
    does: Type.String(),
    undo: Type.String(),
    proof: Type.String(),
  },
  closed,
)

/** The alert on an objective's burn rate that must fire while the faults are on. */
export const PlannedAlert = Type.Object(
  {
    objective: Label,
    burnRate: Type.Number({ exclusiveMinimum: 0 }),
    /** its long window; the short one is a twelfth of it */
    overMs: Milliseconds,
    /** from the first injection; left out: until the undo */
    withinMs: Type.Optional(Milliseconds),
  },
  closed,
)

export const PlannedExperiment = Type.Object(
  {
    name: Label,
    title: Type.String(),
    why: Type.String(),
    phase: Label,
    hypothesis: Type.Array(PlannedProbe),
    faults: Type.Array(PlannedFault, { minItems: 1 }),
    checks: Type.Optional(Type.Array(PlannedCheck, { minItems: 1 })),
    /** people take the faults back, and are timed: we do so only when their phase is over; left out: we do */
    faultOnly: Type.Optional(Type.Literal(true)),
    /** how long the way back may take until it is proven */
    rollbackWithinMs: Milliseconds,
    alert: Type.Optional(PlannedAlert),
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

const Variable = Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }))

/** Where the points of a query come from. What opens it is never part of a plan, only the variables that hold it. */
export const PlannedSource = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    type: Type.String({
      minLength: 1,
      description: 'the kind of source: Prometheus, or one that the project adds',
    }),
    url: Type.String({ pattern: '^https?://' }),
    /** of a bearer token */
    tokenEnv: Variable,
    usernameEnv: Variable,
    passwordEnv: Variable,
  },
  closed,
)

/** While the phase of this experiment lasts; left out: in every phase. */
const experiment = Type.Optional(Label)
const SomeMs = Type.Number({ exclusiveMinimum: 0 })

/** An objective that is being violated (rule 7), or its budget burning this fast for this long. */
const ObjectiveGuard = Type.Object(
  {
    objective: Label,
    burnRate: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    forMs: Type.Optional(Milliseconds),
    experiment,
  },
  closed,
)

/** A probe that has not held for so long. */
const ProbeGuard = Type.Object({ probe: PlannedProbe, forMs: SomeMs, experiment }, closed)

/** What this machine must have to spare for what is measured on it to hold. */
export const MachineLimits = Type.Object(
  {
    memoryFreeAtLeastBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** of the disk that the record is written to */
    diskFreeAtLeastBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    /** of the time, gauntlet ready to run and waiting for a processor */
    processorWaitAtMostRatio: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1 })),
  },
  { ...closed, minProperties: 1 },
)

/** A machine that has lacked any of this for so long. */
const MachineGuard = Type.Object({ machine: MachineLimits, forMs: SomeMs, experiment }, closed)

/** Ends a run early. */
export const PlannedGuard = Type.Union([ObjectiveGuard, ProbeGuard, MachineGuard])

/** Memory of one virtual user of k6, rounded up from what was measured; see scenarios/README.md. */
export const BYTES_PER_VU = 200 * 1024

/** What a policy says of containers: held when they are chosen, as only then anybody knows which run. */
const ContainerRules = Type.Object(
  {
    names: Type.Array(Type.String()),
    labels: Labels,
    greatestShare: Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
  },
  closed,
)

/** Everything a run will do, resolved: a run folder needs no project to be judged. */
export const Plan = Type.Object(
  {
    schema: Type.Literal('gauntlet/plan/2'),
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
    /** those that only a probe of an experiment without load asks for: nobody judges them when the run is over */
    probed: Type.Optional(Type.Array(PlannedObjective)),
    sources: Type.Optional(Type.Array(PlannedSource)),
    guards: Type.Optional(Type.Array(PlannedGuard)),
    /** a Toxiproxy of the user's, through which links are led; left out: through our own proxy */
    toxiproxy: Type.Optional(Type.String({ pattern: '^http://' })),
    /** left out: nothing of a policy is to be held when containers are chosen */
    containerRules: Type.Optional(ContainerRules),
    /** every latency threshold of every objective, ascending: the stream counts exactly at each */
    thresholdsMs: Type.Array(Milliseconds),
    /** the longest the run can take, drain included */
    atMostMs: Milliseconds,
  },
  { ...closed, description: 'A resolved plan: what a run does, when, to whom, and what it promises' },
)

export type Measure = Static<typeof Measure>
export type Limit = Static<typeof Limit>
export type Statistic = (typeof STATISTICS)[number]
export type PlannedMember = Static<typeof PlannedMember>
export type PlannedSource = Static<typeof PlannedSource>
export type PlannedGuard = Static<typeof PlannedGuard>
export type ObjectiveGuard = Static<typeof ObjectiveGuard>
export type ProbeGuard = Static<typeof ProbeGuard>
export type MachineGuard = Static<typeof MachineGuard>
export type MachineLimits = Static<typeof MachineLimits>
export type PlannedAlert = Static<typeof PlannedAlert>
export type PlannedObjective = Static<typeof PlannedObjective>
export type RateStage = Static<typeof RateStage>
export type PlannedLoad = Static<typeof PlannedLoad>
export type PlannedPhase = Static<typeof PlannedPhase>
export type PlannedProbe = Static<typeof PlannedProbe>
export type PlannedFault = Static<typeof PlannedFault>
export type PlannedCheck = Static<typeof PlannedCheck>
export type PlannedExperiment = Static<typeof PlannedExperiment>
export type PlannedAudit = Static<typeof PlannedAudit>
export type ContainerRules = Static<typeof ContainerRules>
export type Plan = Static<typeof Plan>
