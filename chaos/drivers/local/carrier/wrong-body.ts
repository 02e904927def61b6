import type { JsonReply } from './json-server.ts'

/** A schema, as far as it says what is wrong. */
interface Shape {
  Errors(body: unknown): readonly { readonly instancePath: string; readonly message: string }[]
}

/** The answer to a body that is not as agreed. */
export function wrongBody(shape: Shape, body: unknown): JsonReply {
  const [first] = shape.Errors(body)
  const error = `the body ${first?.instancePath ?? ''} ${first?.message ?? 'is not as agreed'}`
  return { status: 400, body: { error } }
}
