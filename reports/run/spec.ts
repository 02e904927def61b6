import type { Static, TSchema } from 'typebox'
import type { Complaint } from './errors.ts'
import { checkShape } from './shape.ts'
import { readDocuments, type YamlDocument } from './yaml.ts'

/** A file's spec, and the document it stands in for what is found wrong with it later; a broken file has that if it can. */
export type Spec<Value> =
  | { readonly value: Value; readonly document: YamlDocument; readonly complaints: readonly [] }
  | { readonly value: undefined; readonly document?: YamlDocument; readonly complaints: readonly Complaint[] }

/** Reads a file that holds one spec of a known shape: its frozen value, or everything that is wrong with it. */
export function readSpec<Schema extends TSchema>(
  schema: Schema,
  text: string,
  file: string,
): Spec<Static<Schema>> {
  const { documents, complaints } = readDocuments(text, file)
  const [first, second] = documents
  if (complaints.length > 0 || first === undefined) return { value: undefined, complaints }
  if (second === undefined) return { ...checkShape(schema, first), document: first }
  const complaint = second.complaint([], 'a second document in this file', {
    hint: 'each of these has a file of its own',
  })
  return { value: undefined, complaints: [complaint] }
}
