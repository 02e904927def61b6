import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { badRequestBody } from './api-error.ts'

const ProxyFields = Type.Object({
  name: Type.Optional(Type.String()),
  listen: Type.Optional(Type.String()),
  upstream: Type.Optional(Type.String()),
  enabled: Type.Optional(Type.Boolean()),
})

const ToxicFields = Type.Object({
  name: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  stream: Type.Optional(Type.String()),
  toxicity: Type.Optional(Type.Number()),
  attributes: Type.Optional(Type.Unknown()),
})

export type ProxyFields = Static<typeof ProxyFields>
export type ToxicFields = Static<typeof ToxicFields>

/** Reads what a client sent; throws the API's refusal. Fields that nobody knows are passed over. */
export const readProxy = reader(ProxyFields)
export const readProxies = reader(Type.Array(ProxyFields))
export const readToxic = reader(ToxicFields)

function reader<Schema extends TSchema>(schema: Schema): (text: string) => Static<Schema> {
  const compiled = Compile(schema)
  return (text) => {
    const value = parseJson(text)
    if (compiled.Check(value)) return value
    const [first] = compiled.Errors(value)
    throw badRequestBody(
      first === undefined ? 'not as expected' : `${first.instancePath} ${first.message}`.trim(),
    )
  }
}

function parseJson(text: string): unknown {
  if (text === '') throw badRequestBody('EOF')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badRequestBody(cause instanceof Error ? cause.message : 'no JSON')
  }
}
