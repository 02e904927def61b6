import { type Static, Type } from 'typebox'
import { Duration, Label, type PlannedObjective } from '../../reports/run/index.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1 })

/** Our only own words in an OpenSLO document beside the annotations: what a metric source counts. */
export const Source = Type.Object(
  {
    measure: Type.Enum(['request', 'iteration', 'check', 'metric', 'fact', 'page']),
    name: Type.Optional(Text),
    scenario: Type.Optional(Label),
    outcome: Type.Optional(Text),
    within: Type.Optional(Duration),
  },
  closed,
)

const Metric = Type.Object(
  { metricSource: Type.Object({ type: Type.Literal('gauntlet'), spec: Source }, closed) },
  closed,
)

const Indicator = Type.Object(
  {
    metadata: Type.Object({ name: Label, displayName: Type.Optional(Text) }, closed),
    spec: Type.Object(
      {
        description: Type.Optional(Text),
        ratioMetric: Type.Object(
          {
            counter: Type.Optional(Type.Boolean()),
            good: Type.Optional(Metric),
            bad: Type.Optional(Metric),
            total: Metric,
          },
          closed,
        ),
      },
      closed,
    ),
  },
  closed,
)

/** Which kind of evidence decides; see slo/README.md. */
export const EVIDENCE = 'gauntlet/evidence'
/** What the events are called, in the plural. */
export const NOUN = 'gauntlet/noun'

/** An OpenSLO v1 SLO as we read it: its indicator inline, one objective. */
export const Slo = Type.Object(
  {
    apiVersion: Type.Literal('openslo/v1'),
    kind: Type.Literal('SLO'),
    metadata: Type.Object(
      {
        name: Label,
        displayName: Text,
        labels: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
      },
      closed,
    ),
    spec: Type.Object(
      {
        description: Type.String({
          minLength: 1,
          description: 'why, in words that an on-call reader understands',
        }),
        service: Label,
        indicator: Indicator,
        timeWindow: Type.Array(
          Type.Object(
            {
              duration: Type.String({
                pattern: '^[1-9][0-9]*[mhdwMQY]$',
                title: 'window',
                description: 'a number with a unit, such as 28d',
              }),
              isRolling: Type.Boolean(),
            },
            closed,
          ),
          { minItems: 1, maxItems: 1 },
        ),
        budgetingMethod: Type.Literal('Occurrences'),
        objectives: Type.Array(
          Type.Object({ displayName: Type.Optional(Text), target: Type.Number({ minimum: 0 }) }, closed),
          { minItems: 1, maxItems: 1 },
        ),
      },
      closed,
    ),
  },
  { ...closed, description: 'An objective, as OpenSLO v1 writes it' },
)

export type Source = Static<typeof Source>
export type Slo = Static<typeof Slo>

export function evidenceOf({ metadata }: Slo): PlannedObjective['evidence'] {
  const said = metadata.annotations?.[EVIDENCE]
  return said === 'census' || said === 'repeats' ? said : 'sample'
}
