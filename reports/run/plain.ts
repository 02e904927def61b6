// What needs no schema. The guardian takes it from here: it loads nothing but Node and ourselves.
export * from './errors.ts'
export * from './exit-codes.ts'
export * from './http-reply.ts'
export * from './json-of.ts'
export * from './straight-request.ts'
export * from './words/words.ts'
