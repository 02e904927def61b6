import { type Static, Type } from 'typebox'
import { Label } from '../../reports/run/index.ts'

const closed = { additionalProperties: false } as const
const Word = Type.String({ minLength: 1 })
const Labels = Type.Record(Type.String(), Type.String(), { minProperties: 1 })
const SomeMs = Type.Number({ exclusiveMinimum: 0 })

const literal = [Type.String(), Type.Number(), Type.Boolean(), Type.Null()] as const
const Literal = Type.Union([...literal])
const OneOf = Type.Array(Literal, { minItems: 1, description: 'any of these' })
const Range = Type.Object(
  { min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()) },
  { ...closed, minProperties: 1, description: 'min, max, or both' },
)
const Regex = Type.Object({ regex: Word }, closed)
const JsonPath = Type.Object(
  {
    jsonpath: Type.String({ minLength: 1, description: 'a JSON path (RFC 9535), such as $.status' }),
    exists: Type.Optional(Type.Boolean({ description: 'whether it must find something' })),
    expect: Type.Optional(
      Type.Union([...literal, OneOf, Range, Regex], { description: 'what all that it finds must be' }),
    ),
  },
  closed,
)

/** Which answers are normal. Plain values are compared for equality; see tolerance.ts. */
export const Tolerance = Type.Union([...literal, OneOf, Range, Regex, JsonPath], {
  description: 'a value, a list of values, {min, max}, {regex} or {jsonpath}',
})

/** `of`: the field of the answer that is judged. */
export const judged = { name: Label, of: Word, tolerance: Tolerance }

export const HttpProbe = Type.Object(
  {
    ...judged,
    kind: Type.Literal('http'),
    method: Word,
    /** either this, or the name of one of the target's addresses */
    url: Type.Optional(Word),
    address: Type.Optional(Word),
    path: Type.Optional(Type.String()),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.Unknown()),
    tokenFile: Type.Optional(Word),
    timeoutMs: SomeMs,
  },
  closed,
)

export const TcpProbe = Type.Object(
  {
    ...judged,
    kind: Type.Literal('tcp'),
    /** one of these: host:port, or the name of one of the target's addresses or links */
    to: Type.Optional(Word),
    address: Type.Optional(Word),
    link: Type.Optional(Word),
    timeoutMs: SomeMs,
  },
  closed,
)

const Count = Type.Optional(Type.Integer({ minimum: 0 }))

export const ProcessProbe = Type.Object(
  { name: Label, kind: Type.Literal('process'), labels: Labels, atLeast: Count, atMost: Count },
  closed,
)

export const FactProbe = Type.Object(
  {
    ...judged,
    kind: Type.Literal('fact'),
    fact: Label,
    /** of the ids accepted in the last so long */
    sinceMs: SomeMs,
    /** an id not done so long after it was accepted is late */
    lateAfterMs: SomeMs,
  },
  closed,
)

export const CommandProbe = Type.Object(
  {
    ...judged,
    kind: Type.Literal('command'),
    program: Word,
    args: Type.Array(Type.String()),
    timeoutMs: SomeMs,
  },
  closed,
)

export const PromqlProbe = Type.Object(
  { ...judged, kind: Type.Literal('promql'), source: Word, query: Word, timeoutMs: SomeMs },
  closed,
)

export const ObjectiveProbe = Type.Object(
  { ...judged, kind: Type.Literal('objective'), objective: Label, overMs: SomeMs },
  closed,
)

/** Whatever a project calls its kind. To the compiler one name more, so that it tells them apart from the built-ins'. */
export type AddedKind = 'a kind that a project adds'

/** Of a kind that a project adds: its settings as they stand in the file. */
export const AddedProbe = Type.Object(
  {
    ...judged,
    kind: Type.Unsafe<AddedKind>(Label),
    settings: Type.Unknown(),
  },
  closed,
)

export type Tolerance = Static<typeof Tolerance>
export type HttpProbe = Static<typeof HttpProbe>
export type TcpProbe = Static<typeof TcpProbe>
export type ProcessProbe = Static<typeof ProcessProbe>
export type FactProbe = Static<typeof FactProbe>
export type CommandProbe = Static<typeof CommandProbe>
export type PromqlProbe = Static<typeof PromqlProbe>
export type ObjectiveProbe = Static<typeof ObjectiveProbe>
export type AddedProbe = Static<typeof AddedProbe>

/** A question to the platform from the outside, and the answers that are normal: plain data, as a plan holds it. */
export type PlannedProbe =
  | HttpProbe
  | TcpProbe
  | ProcessProbe
  | FactProbe
  | CommandProbe
  | PromqlProbe
  | ObjectiveProbe
  | AddedProbe
