import {
  type Complaint,
  checkShape,
  nearest,
  partOf,
  readDocuments,
  type YamlDocument,
} from '../../reports/run/index.ts'
import { isTooDeep, objectsOf, withoutEmpty } from './documents.ts'
import { mended } from './mended.ts'
import { AnyKind, isKind, KINDS, type Kind, type OpenSlo } from './open-slo/index.ts'
import { inReadingOrder, mistakesIn } from './rules/index.ts'

/** One object of a file. */
export interface Written {
  readonly kind: Kind
  readonly name: string
  /** with mistakes it is only good to look for more of them; undefined: not even that */
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
  const kind = kindOf(fieldOf(whole.value, 'kind'))
  if (kind === undefined) {
    const [foreign] = foreignKind(whole)
    return { written: [], complaints: foreign ? [foreign] : checkShape(AnyKind, whole).complaints }
  }
  const schema: (typeof KINDS)[Kind] = KINDS[kind]
  const { value, complaints } = checkShape(schema, whole)
  const object = value ?? mended(schema, whole.value)
  const mistakes = object === undefined ? [] : mistakesIn(object, whole)
  const all = [...complaints, ...mistakes]
  const name = fieldOf(fieldOf(whole.value, 'metadata'), 'name')
  const written = { kind, object, hasMistakes: all.length > 0, document: whole }
  return { written: typeof name === 'string' ? [{ ...written, name }] : [], complaints: all }
}

/** A document of gauntlet's own has one mistake: that it is given here. */
function foreignKind(document: YamlDocument): Complaint[] {
  const [kind, name] = [fieldOf(document.value, 'kind'), fieldOf(fieldOf(document.value, 'metadata'), 'name')]
  if (!String(fieldOf(document.value, 'apiVersion')).startsWith('gauntlet/') || kind === undefined) return []
  const check = kind === 'Plan' ? `gauntlet plan ${name ?? 'NAME'} checks a plan; ` : ''
  const hint = `${check}OpenSLO says apiVersion: openslo/v1`
  return [document.complaint(['kind'], `kind ${kind} is not of OpenSLO`, { hint })]
}

/** Also the kind that is meant: so its other mistakes are found at once. */
function kindOf(word: unknown): Kind | undefined {
  if (typeof word !== 'string') return undefined
  return [word, ...nearest(word, Object.keys(KINDS), 1)].find(isKind)
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}
