import { type Static, Type } from 'typebox'
import { Label, Microseconds, RUN_ID_PATTERN } from './ids.ts'

const closed = { additionalProperties: false } as const

/** Who ran what, where and with which programs; written before anything acts, and again once the target told its version. */
export const Run = Type.Object(
  {
    schema: Type.Literal('gauntlet/run/1'),
    id: Type.String({ pattern: RUN_ID_PATTERN }),
    plan: Label,
    startedAtUs: Microseconds,
    gauntlet: Type.String(),
    node: Type.String(),
    k6: Type.Optional(Type.Object({ version: Type.String(), origin: Type.String() }, closed)),
    machine: Type.Object(
      { cores: Type.Integer(), memoryBytes: Type.Integer(), system: Type.String() },
      closed,
    ),
    target: Type.Object({ name: Label, version: Type.String() }, closed),
    switches: Type.Array(Type.String(), { description: 'thrown by --switch for the length of the run' }),
    allowUndecidable: Type.Optional(Type.Literal(true, { description: 'as the option of that name' })),
    alone: Type.Optional(Type.Literal(true, { description: 'one experiment, by chaos run, and no plan' })),
  },
  { ...closed, description: 'The head of a run folder' },
)

/** How a run ended, apart from what it found. `crashed` is never written: it is read from a missing index. */
export const OUTCOMES = ['completed', 'aborted', 'interrupted', 'failed', 'crashed'] as const

export type Outcome = (typeof OUTCOMES)[number]
export type Run = Static<typeof Run>

/** `evidence/index.json`, written last: a folder without it crashed. */
export const EvidenceIndex = Type.Object(
  {
    schema: Type.Literal('gauntlet/index/1'),
    files: Type.Array(
      Type.Object(
        {
          path: Type.String({ description: 'relative to the run folder' }),
          bytes: Type.Integer({ minimum: 0 }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, description: 'Sums of everything a verdict rests on' },
)
export type EvidenceIndex = Static<typeof EvidenceIndex>
