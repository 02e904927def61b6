import type { TSchema } from 'typebox'
import { type Complaint, checkShape, type YamlDocument, type YamlPath } from '../../../reports/run/index.ts'
import { partOf } from '../documents.ts'

/** Where a rule looks, and where it leaves its complaints. */
export interface Place {
  readonly complaints: Complaint[]
  say(path: YamlPath, message: string, hint: string, on?: 'key'): void
  /** holds what stands there against a schema of its own; whether it fits */
  fits(schema: TSchema, path: YamlPath, value: unknown): boolean
  /** the same, with paths that start further in */
  inside(path: YamlPath): Place
}

export function placeIn(document: YamlDocument, at: YamlPath = [], complaints: Complaint[] = []): Place {
  return {
    complaints,
    say: (path, message, hint, on) =>
      void complaints.push(
        document.complaint([...at, ...path], message, { hint, ...(on === undefined ? {} : { on }) }),
      ),
    fits: (schema, path, value) => {
      const found = checkShape(schema, partOf(document, [...at, ...path], value)).complaints
      complaints.push(...found)
      return found.length === 0
    },
    inside: (path) => placeIn(document, [...at, ...path], complaints),
  }
}

export const inReadingOrder = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.toSorted(
    (a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  )
