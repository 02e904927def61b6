import { type Static, Type } from 'typebox'

/**
 * The format of OpenSLO v1, as its specification says it; what a schema cannot say stands in ../rules. Each `default`
 * stands in for what is missing or wrong, so that the rest of the object is still looked at: it breaks no rule itself.
 */

export const closed = { additionalProperties: false } as const
/** Text that is there. */
export const text = (description: string) => Type.String({ minLength: 1, description, default: 'x' })

/** Stands in for a name. */
export const NO_NAME = 'not-given'

/**
 * RFC 1123 labels, and beyond them what the specification encourages to take: 255 characters, and . | / \ inside.
 * Capitals stand in names of its own older examples.
 */
export const Name = Type.String({
  title: 'name',
  pattern: '^(?=.{1,255}$)[A-Za-z0-9]([-A-Za-z0-9.|/\\\\]*[A-Za-z0-9])?$',
  description: 'letters, digits and - . | / \\ between them, at most 255; a number in quotes',
  default: NO_NAME,
})

export const Metadata = Type.Object(
  {
    name: Name,
    displayName: Type.Optional(Type.String()),
    labels: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.String({ description: 'text, or a list of texts' }), Type.Array(Type.String())]),
      ),
    ),
    annotations: Type.Optional(Type.Record(Type.String(), Type.String({ description: 'text' }))),
  },
  { ...closed, description: 'a map with a name, such as { name: checkout }' },
)

/** Its length is checked in ../rules: a complaint must not repeat a thousand characters. */
export const Description = Type.Optional(Type.String())

export const Operator = Type.Enum(['lte', 'gte', 'lt', 'gt'], { description: 'lte, gte, lt or gt' })

const SHORTHAND = 'a whole number of at most 6 digits with one of m h d w M Q Y, such as 5m or 28d'
/** With more digits its milliseconds would be no number. */
export const SHORTHAND_PATTERN = '^0*[1-9][0-9]{0,5}[mhdwMQY]$'
export const Shorthand = Type.String({
  title: 'duration',
  pattern: SHORTHAND_PATTERN,
  description: SHORTHAND,
  default: '1d',
})
export const ShorthandOrZero = Type.String({
  title: 'duration',
  pattern: '^0*[0-9]{1,6}[mhdwMQY]$',
  description: SHORTHAND,
  default: '1d',
})

/** The head that all seven kinds share; `kind` comes with each. */
export const head = {
  apiVersion: Type.Literal('openslo/v1', { description: 'openslo/v1' }),
  metadata: Metadata,
}

export type Metadata = Static<typeof Metadata>
