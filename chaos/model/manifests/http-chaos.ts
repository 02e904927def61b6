import { type Static, Type } from 'typebox'
import { radius, remote } from '../../radius/selector.ts'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { CLUSTER, ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { noneOf } from './rules.ts'
import { valuesAt } from './values-at.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1 })
const Texts = Type.Record(Type.String(), Type.String())
const Pairs = Type.Array(
  Type.Array(Type.String(), { minItems: 2, maxItems: 2, description: 'a name and a value' }),
)
const Code = Type.Integer({ minimum: 100, maximum: 599, description: 'a status code of HTTP, such as 503' })
const Method = Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'])

const Replace = Type.Object(
  {
    path: Type.Optional(Text),
    method: Type.Optional(Method),
    code: Type.Optional(Code),
    body: Type.Optional(
      Type.String({ title: 'body', pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'the body in base64' }),
    ),
    queries: Type.Optional(Texts),
    headers: Type.Optional(Texts),
  },
  { ...closed, minProperties: 1 },
)

const Patch = Type.Object(
  {
    body: Type.Optional(
      Type.Object(
        {
          type: Type.Enum(['JSON']),
          value: Type.String({ description: 'text with a merge patch (RFC 7396)' }),
        },
        closed,
      ),
    ),
    queries: Type.Optional(Pairs),
    headers: Type.Optional(Pairs),
  },
  { ...closed, minProperties: 1 },
)

const Spec = Type.Object(
  {
    target: Type.Enum(['Request', 'Response']),
    ...radius,
    ...remote,
    port: Type.Integer({ minimum: 1, maximum: 65535, description: 'the port that the server listens on' }),
    path: Type.Optional(Text),
    method: Type.Optional(Method),
    code: Type.Optional(Code),
    request_headers: Type.Optional(Texts),
    response_headers: Type.Optional(Texts),
    abort: Type.Optional(Type.Boolean()),
    delay: Type.Optional(GoDuration),
    replace: Type.Optional(Replace),
    patch: Type.Optional(Patch),
    tls: Type.Optional(
      Type.Object(
        {
          secretName: Text,
          secretNamespace: Text,
          certificateName: Text,
          privateKeyName: Text,
          caName: Type.Optional(Text),
        },
        closed,
      ),
    ),
    duration: Type.Optional(GoDuration),
  },
  closed,
)

/** Of the messages that fit. */
const SHARE = /^(1(\.0+)?|0?\.[0-9]*[1-9][0-9]*)$/

export const httpChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'HTTPChaos',
  spec: Spec,
  rules: (spec) => [
    ...noneOf(spec, ['abort', 'delay', 'replace', 'patch'], 'it does nothing to what it finds'),
    ...onTheOtherSide(spec),
  ],
  annotations: {
    'gauntlet/share': { is: SHARE, expected: 'text with a number above 0 and up to 1, such as "0.3"' },
  },
  limits: [
    ...ofRadius,
    {
      at: ['tls'],
      why: 'the certificate is a secret of a cluster; TLS passes through untouched here',
      possibleWith: `${CLUSTER}, or a link that speaks plain HTTP`,
    },
  ],
})

const ONLY_OF = {
  Request: [
    ['replace', 'path'],
    ['replace', 'method'],
    ['replace', 'queries'],
    ['patch', 'queries'],
  ],
  Response: [['code'], ['response_headers'], ['replace', 'code']],
} as const

/** Chaos Mesh passes such a field over in silence. */
function onTheOtherSide(spec: Static<typeof Spec>): Finding[] {
  const other = spec.target === 'Request' ? 'Response' : 'Request'
  return ONLY_OF[other].flatMap((path) =>
    valuesAt(spec, path).map(() => ({
      path,
      message: `${path.join('.')} has no effect with target: ${spec.target}`,
      hint: `expected target: ${other}`,
    })),
  )
}
