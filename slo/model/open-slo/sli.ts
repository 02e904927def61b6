import { type Static, Type } from 'typebox'
import { closed, Description, head, Metadata, Name, text } from './parts.ts'

const ANY_SOURCE = { type: 'x', spec: {} }
const ANY_RATIO = { good: { metricSource: ANY_SOURCE }, total: { metricSource: ANY_SOURCE } }

export const MetricSource = Type.Object(
  {
    metricSourceRef: Type.Optional(Name),
    type: Type.Optional(text('the type of source, such as gauntlet')),
    spec: Type.Unknown({ description: 'what is asked of the source; anything', default: {} }),
  },
  { ...closed, description: 'a map with type and spec', default: ANY_SOURCE },
)

const Metric = Type.Object(
  { metricSource: MetricSource },
  { ...closed, description: 'a map with metricSource' },
)

export const SliSpec = Type.Object(
  {
    description: Description,
    thresholdMetric: Type.Optional(Metric),
    ratioMetric: Type.Optional(
      Type.Object(
        {
          counter: Type.Optional(Type.Boolean()),
          good: Type.Optional(Metric),
          bad: Type.Optional(Metric),
          total: Type.Optional(Metric),
          rawType: Type.Optional(Type.Enum(['success', 'failure'])),
          raw: Type.Optional(Metric),
        },
        { ...closed, description: 'a map, such as one with good and total', default: ANY_RATIO },
      ),
    ),
  },
  {
    ...closed,
    description: 'a map with thresholdMetric or ratioMetric',
    default: { ratioMetric: ANY_RATIO },
  },
)

export const Sli = Type.Object(
  { ...head, kind: Type.Literal('SLI'), spec: SliSpec },
  { ...closed, description: 'How good and bad events are counted' },
)

/** An SLI that stands inside an SLO. */
export const Indicator = Type.Object(
  { metadata: Metadata, spec: SliSpec },
  { ...closed, description: 'a map with metadata and spec' },
)

export type MetricSource = Static<typeof MetricSource>
export type SliSpec = Static<typeof SliSpec>
export type Sli = Static<typeof Sli>
