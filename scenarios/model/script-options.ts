import { type Static, Type } from 'typebox'
import { K6_EXECUTORS } from '../../reports/run/plan.ts'

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const Figure = Type.Optional(Type.Union([Type.Number(), Type.Null()]))

const Stage = Type.Object({ duration: Type.String(), target: Type.Number() })

/** A scenario as `k6 inspect` shows it; null: the script leaves it to k6. Durations are Go's, such as `1h0m0s`. */
export const ScriptScenario = Type.Object({
  executor: Type.Enum([...K6_EXECUTORS]),
  exec: Text,
  startTime: Text,
  duration: Text,
  maxDuration: Text,
  stages: Type.Optional(Type.Union([Type.Array(Stage), Type.Null()])),
  rate: Figure,
  startRate: Figure,
  timeUnit: Text,
  vus: Figure,
  startVUs: Figure,
  preAllocatedVUs: Figure,
  maxVUs: Figure,
})

/** What `k6 inspect --execution-requirements` says of a script's own options, as far as we use it. */
export const ScriptOptions = Type.Object({
  scenarios: Type.Record(Type.String(), ScriptScenario),
  paused: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  /** only a part of each scenario runs here */
  executionSegment: Text,
  setupTimeout: Text,
  teardownTimeout: Text,
  thresholds: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  /** of all scenarios, waiting for what is in flight at the end included */
  totalDuration: Type.String(),
  /** at once */
  maxVUs: Type.Integer({ minimum: 0 }),
})

export type ScriptScenario = Static<typeof ScriptScenario>
export type ScriptOptions = Static<typeof ScriptOptions>
