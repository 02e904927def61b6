import { type Complaint, checkShape, readDocuments, type YamlDocument } from '../../reports/run/index.ts'
import { isTooDeep, objectsOf, partOf, withoutEmpty } from './documents.ts'
import { AnyKind, isKind, KINDS, type Kind, type OpenSlo } from './open-slo/index.ts'
import { inReadingOrder, mistakesIn } from './rules/index.ts'

/** One object of a file. */
export interface Written {
  readonly kind: Kind
  readonly name: string
  /** undefined: it has not the shape of its kind */
  readonly object: OpenSlo | undefined
  readonly hasMistakes: boolean
  readonly document: YamlDocument
}

export interface OpenSloFile {
  readonly file: string
  /** those whose kind and name can be read */
  readonly written: readonly Written[]
  readonly complaints: readonly Complaint[]
}

/** Reads a text that holds objects of OpenSLO v1: several documents, or lists of objects, or one. Frozen. */
export function parseOpenSlo(text: string, file: string): OpenSloFile {
  const { documents, complaints } = readDocuments(text, file)
  const read = documents.flatMap(readParts)
  return {
    file,
    written: read.flatMap((one) => one.written),
    complaints: inReadingOrder([...complaints, ...read.flatMap((one) => one.complaints)]),
  }
}

type Part = Pick<OpenSloFile, 'written' | 'complaints'>

function readParts(document: YamlDocument): Part[] {
  if (isTooDeep(document.value))
    return [{ written: [], complaints: [document.complaint([], 'lists and maps go too deep here')] }]
  return objectsOf(document).map(readObject)
}

function readObject(document: YamlDocument): Part {
  const whole = partOf(document, [], withoutEmpty(document.value))
  const kind = fieldOf(whole.value, 'kind')
  if (!isKind(kind)) return { written: [], complaints: checkShape(AnyKind, whole).complaints }
  const { value, complaints } = checkShape<(typeof KINDS)[Kind]>(KINDS[kind], whole)
  const all = value === undefined ? complaints : mistakesIn(value, whole)
  const name = fieldOf(fieldOf(whole.value, 'metadata'), 'name')
  const written = { kind, object: value, hasMistakes: all.length > 0, document: whole }
  return { written: typeof name === 'string' ? [{ ...written, name }] : [], complaints: all }
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}
