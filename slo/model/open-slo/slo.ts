import { type Static, Type } from 'typebox'
import { AlertPolicySpec } from './alert-policy.ts'
import {
  closed,
  Description,
  head,
  Metadata,
  Name,
  NO_NAME,
  Operator,
  SHORTHAND_PATTERN,
  Shorthand,
  text,
} from './parts.ts'
import { Indicator } from './sli.ts'

const TimeWindow = Type.Object(
  {
    duration: Shorthand,
    isRolling: Type.Optional(Type.Boolean()),
    calendar: Type.Optional(
      Type.Object(
        {
          startTime: Type.String({
            description: 'a date and a time, such as 2026-01-31 12:30:00',
            default: '2026-01-31 12:30:00',
          }),
          timeZone: Type.String({ description: 'a name such as Europe/Berlin', default: 'UTC' }),
        },
        { ...closed, description: 'a map with startTime and timeZone' },
      ),
    ),
  },
  {
    ...closed,
    description: 'a map, such as { duration: 28d, isRolling: true }',
    default: { duration: '1d', isRolling: true },
  },
)

const MINUTES = 'a number of minutes below a million, or one with a unit, such as 5m'

export const Objective = Type.Object(
  {
    displayName: Type.Optional(Type.String()),
    op: Type.Optional(Operator),
    value: Type.Optional(Type.Number({ title: 'number', description: 'a finite number', default: 1 })),
    target: Type.Optional(
      Type.Number({ title: 'number', description: 'a share such as 0.999', default: 0.5 }),
    ),
    targetPercent: Type.Optional(
      Type.Number({ title: 'number', description: 'a percentage such as 99.9', default: 50 }),
    ),
    timeSliceTarget: Type.Optional(
      Type.Number({
        title: 'share',
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'above 0, at most 1, such as 0.95',
        default: 0.5,
      }),
    ),
    timeSliceWindow: Type.Optional(
      Type.Union(
        [
          Type.String({ title: 'duration', pattern: SHORTHAND_PATTERN, description: MINUTES }),
          Type.Number({ title: 'duration', exclusiveMinimum: 0, maximum: 999_999, description: MINUTES }),
        ],
        { default: 1 },
      ),
    ),
    indicator: Type.Optional(Indicator),
    indicatorRef: Type.Optional(Name),
    compositeWeight: Type.Optional(
      Type.Number({ title: 'weight', exclusiveMinimum: 0, description: 'a number above 0', default: 1 }),
    ),
  },
  { ...closed, description: 'a map, such as target: 0.999', default: { target: 0.5 } },
)

/** Either by name, or with kind, metadata and spec; ../rules holds it to one of them. */
const PolicyEntry = Type.Object(
  {
    alertPolicyRef: Type.Optional(Name),
    kind: Type.Optional(Type.Literal('AlertPolicy')),
    metadata: Type.Optional(Metadata),
    spec: Type.Optional(AlertPolicySpec),
  },
  { ...closed, description: 'a map, such as alertPolicyRef: NAME', default: { alertPolicyRef: NO_NAME } },
)

export const SloSpec = Type.Object(
  {
    description: Description,
    service: text('the service that promises it'),
    indicator: Type.Optional(Indicator),
    indicatorRef: Type.Optional(Name),
    timeWindow: Type.Optional(
      Type.Array(TimeWindow, { minItems: 1, maxItems: 1, description: 'exactly one window, or none' }),
    ),
    budgetingMethod: Type.Enum(['Occurrences', 'Timeslices', 'RatioTimeslices'], {
      description: 'Occurrences, Timeslices or RatioTimeslices',
    }),
    objectives: Type.Array(Objective, { minItems: 1, description: 'a list of at least one objective' }),
    alertPolicies: Type.Optional(Type.Array(PolicyEntry, { description: 'a list of policies' })),
  },
  { ...closed, description: 'a map with service, budgetingMethod and objectives' },
)

export const Slo = Type.Object(
  { ...head, kind: Type.Literal('SLO'), spec: SloSpec },
  { ...closed, description: 'A promise: what share of events is good' },
)

export type Objective = Static<typeof Objective>
export type SloSpec = Static<typeof SloSpec>
export type Slo = Static<typeof Slo>
