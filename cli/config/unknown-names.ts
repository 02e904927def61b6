import { type Complaint, nearestHint, type YamlDocument, type YamlPath } from '../../reports/run/index.ts'

/** A place where a file names other content; `*` stands for every item of a list. */
export interface Naming {
  /** what is named, said to people: scenario */
  readonly kind: string
  readonly at: readonly string[]
  readonly known: readonly string[]
}

/** Every name that leads nowhere, in files of the right shape and of a wrong one. */
export function unknownNames(documents: readonly YamlDocument[], namings: readonly Naming[]): Complaint[] {
  return documents.flatMap((document) =>
    namings.flatMap(({ kind, at, known }) =>
      placesOf(document.value, at).flatMap((path) => {
        const name = document.text(path)
        if (name === undefined || known.includes(name)) return []
        return [document.complaint(path, `unknown ${kind} "${name}"`, { hint: nearestHint(name, known) })]
      }),
    ),
  )
}

/** Where the pattern leads to in this value; nowhere when the value has another shape. */
function placesOf(value: unknown, [first, ...rest]: readonly string[]): YamlPath[] {
  if (first === undefined) return [[]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([key]) => (first === '*' ? Array.isArray(value) : key === first))
    .flatMap(([key, inner]) => placesOf(inner, rest).map((path) => [key, ...path]))
}
