import type { JsonReply } from './json-server.ts'

/** The first thing that a schema finds wrong. */
interface Shape {
  Errors(body: unknown): readonly { readonly instancePath: string; readonly message: string }[]
}

/** To whom sends what is not as agreed. */
export function wrongBody(shape: Shape, body: unknown): JsonReply {
  const [first] = shape.Errors(body)
  const error = `the body ${first?.instancePath ?? ''} ${first?.message ?? 'is not as agreed'}`
  return { status: 400, body: { error } }
}
