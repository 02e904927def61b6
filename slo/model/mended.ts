import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * The value with what its schema objects to replaced by the schema's defaults: good enough to look for further
 * mistakes in, and for nothing else. Undefined: beyond that.
 */
export function mended<Schema extends TSchema>(schema: Schema, value: unknown): Static<Schema> | undefined {
  try {
    return Value.Repair(schema, value)
  } catch {
    return undefined
  }
}
