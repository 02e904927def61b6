import { type Static, Type } from 'typebox'
import { Guard } from '../../chaos/index.ts'
import { Duration, Label, readSpec, type Spec, type YamlDocument } from '../../reports/run/index.ts'

const closed = { additionalProperties: false } as const
const Sentence = Type.String({ minLength: 1 })

const PhaseEntry = Type.Object(
  {
    name: Label,
    for: Duration,
    judged: Type.Optional(Type.Boolean({ description: 'true unless said otherwise' })),
    load: Type.Optional(
      Type.Boolean({ description: 'whether the load runs in it; true unless said otherwise' }),
    ),
    experiments: Type.Optional(Type.Array(Label, { uniqueItems: true })),
    audits: Type.Optional(
      Type.Array(Label, {
        uniqueItems: true,
        description: 'pages visited one after the other, each for an equal share of the phase',
      }),
    ),
  },
  closed,
)

/** Any name of an SLO; one that is no label of ours needs `as`. */
const SloName = Type.String({ minLength: 1 })

const ObjectiveEntry = Type.Object(
  {
    slo: SloName,
    as: Type.Optional(Label),
    phases: Type.Optional(Type.Array(Label, { minItems: 1 })),
    advisory: Type.Optional(Type.Boolean()),
    target: Type.Optional(
      Type.Number({
        title: 'share',
        exclusiveMinimum: 0,
        description: 'a share of good events, such as 0.9',
      }),
    ),
    within: Type.Optional(Duration),
    value: Type.Optional(Type.Number({ description: 'another limit of a thresholdMetric' })),
  },
  closed,
)

/** A `*.plan.yaml`: load, phases, experiments, audits and the objectives that are judged. */
export const PlanFile = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Plan'),
    metadata: Type.Object({ name: Label, title: Sentence, why: Sentence }, closed),
    spec: Type.Object(
      {
        load: Type.Optional(Type.Array(Type.Object({ scenario: Label }, closed))),
        phases: Type.Array(PhaseEntry, { minItems: 1 }),
        drain: Type.Optional(
          Type.Object(
            { atMost: Duration, fact: Label },
            { ...closed, description: 'after the load: waits until no id of this fact is open' },
          ),
        ),
        objectives: Type.Array(ObjectiveEntry, { minItems: 1 }),
        allowProtected: Type.Optional(
          Type.Array(Type.Object({ name: Sentence, why: Sentence }, closed), {
            minItems: 1,
            description:
              'names that the policy protects and this plan may hit all the same, each with its why',
          }),
        ),
        guards: Type.Optional(Type.Object({ abortWhen: Type.Array(Guard, { minItems: 1 }) }, closed)),
      },
      closed,
    ),
  },
  { ...closed, description: 'A plan' },
)

export type PlanFile = Static<typeof PlanFile>

/** A plan file, and its document for what is found wrong with it later. */
export interface PlanDocument {
  readonly file: PlanFile
  readonly document: YamlDocument
}

/** Reads the text of a plan file: the plan, or everything that is wrong with it. */
export function parsePlanFile(text: string, file: string): Spec<PlanDocument> {
  const spec = readSpec(PlanFile, text, file)
  return spec.value === undefined ? spec : { ...spec, value: { file: spec.value, document: spec.document } }
}
