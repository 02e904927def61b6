import { distance } from 'fastest-levenshtein'
import { type Complaint, nearestHint } from '../../reports/run/index.ts'
import type { Kind } from './open-slo/index.ts'
import type { OpenSloFile, Written } from './parse-open-slo.ts'
import { referencesIn } from './references.ts'
import { type Library, resolveSlo } from './resolve.ts'
import type { ResolvedSlo } from './resolved.ts'
import { inReadingOrder, mistakesInPromise, valueAt } from './rules/index.ts'

/** A name that stands in no file that was read; it may stand in another. */
export interface OpenReference {
  readonly kind: Kind
  readonly name: string
  readonly file: string
  readonly line: number
}

export interface Shelf {
  readonly library: Library
  /** by name; those without a mistake */
  readonly slos: ReadonlyMap<string, ResolvedSlo>
  /** of the files, of names used twice, of names that lead nowhere, and of what only shows when names are followed */
  readonly complaints: readonly Complaint[]
  readonly open: readonly OpenReference[]
}

/** Puts the objects of these files together; what they name may also stand among others. */
export function shelve(files: readonly OpenSloFile[], others?: Library): Shelf {
  const complaints = files.flatMap((one) => one.complaints)
  const written = files.flatMap((one) => one.written)
  const firsts = new Map<string, Written>()
  for (const one of written) {
    const first = firsts.get(keyOf(one))
    if (first === undefined) firsts.set(keyOf(one), one)
    else complaints.push(secondOf(one, first))
  }
  const library = libraryOf(firsts, others)
  const open = written.flatMap((one) => openReferences(one, library, complaints))
  const slos = new Map<string, ResolvedSlo>()
  for (const { name, object, document, hasMistakes } of firsts.values()) {
    if (object?.kind !== 'SLO') continue
    const resolved = resolveSlo(object, document, library)
    const mistakes = mistakesInPromise(resolved)
    complaints.push(...mistakes)
    if (!hasMistakes && mistakes.length === 0) slos.set(name, resolved)
  }
  return { library, slos, complaints: inReadingOrder(complaints), open }
}

const keyOf = ({ kind, name }: Pick<Written, 'kind' | 'name'>): string => `${kind} ${name}`

function libraryOf(firsts: ReadonlyMap<string, Written>, others?: Library): Library {
  return {
    find: (kind, name) => firsts.get(keyOf({ kind, name })) ?? others?.find(kind, name),
    names: (kind) => [
      ...[...firsts.values()].filter((one) => one.kind === kind).map((one) => one.name),
      ...(others?.names(kind) ?? []),
    ],
  }
}

function secondOf({ kind, name, document }: Written, first: Written): Complaint {
  const path = ['metadata', 'name']
  const { file, line } = first.document.complaint(path, '')
  return document.complaint(path, `a second ${kind} "${name}"`, { hint: `the first is in ${file}:${line}` })
}

/** Complains of names that lead nowhere; gives back those that may stand in a file that was not read. */
function openReferences({ object, document }: Written, library: Library, complaints: Complaint[]) {
  if (object === undefined) return []
  return referencesIn(object).flatMap(({ kind, name, path }): OpenReference[] => {
    const names = library.names(kind)
    if (names.includes(name) || valueAt(document.value, path) !== name) return []
    const complaint = document.complaint(path, `unknown ${kind} "${name}"`, {
      hint: nearestHint(name, names),
    })
    if (!isMistaken(kind, name, names)) return [{ kind, name, file: complaint.file, line: complaint.line }]
    complaints.push(complaint)
    return []
  })
}

/**
 * An SLO says nothing without its SLI, so where SLIs are, this one is missing. Where numbers come from and who is told
 * of an alert is often kept elsewhere: of these only a slip of the pen is a mistake.
 */
const isMistaken = (kind: Kind, name: string, names: readonly string[]): boolean =>
  kind === 'SLI' ? names.length > 0 : names.some((other) => distance(name, other) <= 2)
