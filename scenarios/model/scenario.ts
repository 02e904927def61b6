import { type Static, Type } from 'typebox'
import { Duration } from '../../reports/run/duration.ts'
import { Label } from '../../reports/run/ids.ts'
import { readSpec, type Spec } from '../../reports/run/spec.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1 })

/** What every spec of ours starts with: a title and a why that an on-call reader understands. */
export const Metadata = Type.Object({ name: Label, title: Text, why: Text }, closed)

/** An open model: an iteration starts every 1/rate seconds, whether earlier ones have ended or not. */
export const ConstantArrivalRate = Type.Object(
  {
    kind: Type.Literal('constant-arrival-rate'),
    rate: Type.Number({ exclusiveMinimum: 0, description: 'iterations started a second' }),
  },
  closed,
)

/** A `*.scenario.yaml` file: one executor, one journey; its length comes from the plan. */
export const Scenario = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Scenario'),
    metadata: Metadata,
    spec: Type.Object(
      {
        executor: ConstantArrivalRate,
        journey: Type.String({
          title: 'journey file',
          pattern: '\\.k6\\.(ts|js)$',
          description: 'a name that ends in .k6.ts, such as search.k6.ts',
        }),
        timeout: Type.Optional(Duration),
        environment: Type.Optional(
          Type.Record(Type.String(), Type.String(), { description: 'what the journey sees in __ENV' }),
        ),
      },
      closed,
    ),
  },
  { ...closed, description: 'One way to exercise a target' },
)

export type Scenario = Static<typeof Scenario>

export function parseScenario(text: string, file: string): Spec<Scenario> {
  return readSpec(Scenario, text, file)
}
