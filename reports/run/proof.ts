import { type Static, Type } from 'typebox'

/** reports/proofs/NAME.json: the last full result of a heavy claim. */
export const Proof = Type.Object(
  {
    schema: Type.Literal('gauntlet/proof/1'),
    name: Type.String(),
    claim: Type.String(),
    verdict: Type.Enum(['met', 'violated', 'inconclusive']),
    commit: Type.String(),
    seed: Type.Integer(),
    n: Type.Integer({ minimum: 0 }),
    figure: Type.Number(),
    interval: Type.Tuple([Type.Number(), Type.Number()]),
    unit: Type.String(),
    /** what others make of the same, in words: shown beside it, and not judged */
    beside: Type.Optional(Type.String()),
    /** figures that no later change may lower by more than 0.05: the share decided in each cell of a simulation */
    cells: Type.Optional(Type.Record(Type.String(), Type.Number())),
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  },
  { additionalProperties: false, description: 'The recorded result of npm run prove -- NAME' },
)
export type Proof = Static<typeof Proof>
