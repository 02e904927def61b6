import { Type } from 'typebox'
import { DURATION_PATTERN } from '../../../../../reports/run/index.ts'

const closed = { additionalProperties: false } as const

const NAME = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
// Nothing that could end a line: a value must not become a header of its own.
const VALUE = '^[\\t\\x20-\\x7e\\x80-\\xff]*$'
const PATH = '^[\\x21-\\x3e\\x40-\\x7e]*$'
const BASE64 = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'

const HeaderName = Type.String({ pattern: NAME })
const HeaderValue = Type.String({ pattern: VALUE })
const Headers = Type.Record(HeaderName, HeaderValue)
const Method = Type.String({ pattern: '^[A-Z][A-Z0-9_-]{0,31}$' })

const Replace = Type.Object(
  {
    path: Type.Optional(Type.String({ pattern: PATH, description: 'of a request; its query stays' })),
    method: Type.Optional(
      Type.String({
        pattern: '^(?!(HEAD|CONNECT)$)[A-Z][A-Z0-9_-]{0,31}$',
        description: 'of a request; not HEAD or CONNECT, whose answers the client could not read',
      }),
    ),
    headers: Type.Optional(Headers),
    queries: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.String({ pattern: BASE64, description: 'base64' })),
    code: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'of a response' })),
  },
  closed,
)

const Patch = Type.Object(
  {
    headers: Type.Optional(Type.Array(Type.Tuple([HeaderName, HeaderValue]))),
    queries: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.String()]))),
    body: Type.Optional(
      Type.Object(
        { type: Type.Literal('JSON'), value: Type.String({ description: 'a JSON Merge Patch, RFC 7386' }) },
        closed,
      ),
    ),
  },
  closed,
)

/** The attributes of the toxic `http`: the words of Chaos Mesh's HTTPChaos as they stand, and a share with its seed. */
export const RuleAttributes = Type.Object(
  {
    target: Type.Enum(['Request', 'Response']),
    path: Type.Optional(
      Type.String({ description: 'without the query; * is any run of characters, ? is one' }),
    ),
    method: Type.Optional(Method),
    code: Type.Optional(
      Type.Integer({ minimum: 101, maximum: 999, description: 'only with target Response' }),
    ),
    request_headers: Type.Optional(Headers),
    response_headers: Type.Optional(Headers),
    abort: Type.Optional(Type.Boolean()),
    delay: Type.Optional(Type.String({ pattern: DURATION_PATTERN })),
    replace: Type.Optional(Replace),
    patch: Type.Optional(Patch),
    share: Type.Number({ minimum: 0, maximum: 1, description: 'of the messages that match' }),
    seed: Type.Optional(Type.Integer({ description: 'the same seed hits the same messages again' })),
  },
  closed,
)
