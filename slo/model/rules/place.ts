import type { TSchema } from 'typebox'
import {
  type Complaint,
  checkShape,
  partOf,
  type YamlDocument,
  type YamlPath,
} from '../../../reports/run/index.ts'

/** Where a rule looks, and where it leaves its complaints. */
export interface Place {
  readonly complaints: Complaint[]
  /** dropped where something else was put in place of what is written: that is complained of already */
  say(path: YamlPath, message: string, hint: string, on?: 'key'): void
  /** the same, with paths that start further in */
  inside(path: YamlPath): Place
  /** holds what is written there against a schema of its own; whether it fits */
  fits(schema: TSchema): boolean
  /** the same place, and what stands in for what is written there */
  standingIn(object: unknown): Place
}

/** `object` is what the rules read: the document's value, or what stands in for it. */
export function placeIn(document: YamlDocument, object: unknown, complaints: Complaint[] = []): Place {
  return {
    complaints,
    say: (path, message, hint, on) => {
      if (!isSame(valueAt(document.value, path), valueAt(object, path))) return
      complaints.push(document.complaint(path, message, { hint, ...(on === undefined ? {} : { on }) }))
    },
    inside: (path) => {
      const written = partOf(document, path, valueAt(document.value, path))
      return placeIn(written, valueAt(object, path), complaints)
    },
    fits: (schema) => {
      const found = checkShape(schema, document).complaints
      complaints.push(...found)
      return found.length === 0
    },
    standingIn: (other) => placeIn(document, other, complaints),
  }
}

/** What stands there; undefined where nothing does. */
export function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([key]) => key === String(part))?.[1]
        : undefined,
    value,
  )
}

/** Of lists and maps it is asked what they hold, not what that is. */
function isSame(written: unknown, read: unknown): boolean {
  if (typeof written !== 'object' || typeof read !== 'object' || !written || !read) return written === read
  const keys = new Set(Object.keys(written))
  const others = Object.keys(read)
  return keys.size === others.length && others.every((key) => keys.has(key))
}

export const inReadingOrder = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.toSorted(
    (a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  )
