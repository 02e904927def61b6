import { type Complaint, nearestHint, type YamlDocument, type YamlPath } from '../../../reports/run/index.ts'

/** Collects every complaint about one document, so that all of them are shown together. */
export interface Complaints {
  readonly all: readonly Complaint[]
  add(path: YamlPath, message: string, hint?: string): void
  /** about another file */
  addElsewhere(complaint: Complaint): void
  /** what goes by this name; nothing, and a complaint, when it is unknown */
  pick<Value>(kind: string, known: ReadonlyMap<string, Value>, name: string, path: YamlPath): Value[]
}

export function complaintsAbout(document: YamlDocument): Complaints {
  const all: Complaint[] = []
  const add: Complaints['add'] = (path, message, hint) =>
    void all.push(document.complaint(path, message, { hint }))
  return {
    all,
    add,
    addElsewhere: (complaint) => void all.push(complaint),
    pick: (kind, known, name, path) => {
      const found = known.get(name)
      if (found !== undefined) return [found]
      add(path, `unknown ${kind} "${name}"`, nearestHint(name, [...known.keys()]))
      return []
    },
  }
}
