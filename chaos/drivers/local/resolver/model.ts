import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const

/** `*` stands for any number of characters, `?` for exactly one. Chaos Mesh has `*` at the end only; here it may stand anywhere. */
const patterns = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { minItems: 1 })

export const ResolverRule = Type.Union([
  Type.Object(
    {
      patterns,
      action: Type.Enum(['error', 'random', 'nxdomain', 'timeout'], {
        description:
          'error: SERVFAIL. random: a random address for A and AAAA, other types are left alone. timeout: no answer',
      }),
    },
    closed,
  ),
  Type.Object(
    {
      patterns,
      action: Type.Literal('delay'),
      delayMs: Type.Number({ exclusiveMinimum: 0, maximum: 60_000 }),
    },
    closed,
  ),
])

/** Where questions go, and which names are answered otherwise: the first rule that fits a name decides. */
export const ResolverWanted = Type.Object(
  {
    /** left out: the resolver that the system uses */
    upstream: Type.Optional(Type.String({ pattern: '^(\\d+\\.){3}\\d+:\\d+$|^\\[[0-9a-fA-F:]+\\]:\\d+$' })),
    rules: Type.Array(ResolverRule),
  },
  { ...closed, description: 'Body of PUT /resolver' },
)

export type ResolverRule = Static<typeof ResolverRule>
export type ResolverWanted = Static<typeof ResolverWanted>

export interface ResolverState {
  /** where questions are taken, by UDP and by TCP: 127.0.0.1:PORT */
  readonly listen: string
  readonly upstream: string
  /** `asked`: questions whose name fits. `failed`: those of them that the rule acted on */
  readonly rules: readonly (ResolverRule & { readonly asked: number; readonly failed: number })[]
  /** questions that were passed on, and those of them that the upstream left unanswered */
  readonly forwarded: number
  readonly unanswered: number
  /** what came that is no question */
  readonly malformed: number
}
