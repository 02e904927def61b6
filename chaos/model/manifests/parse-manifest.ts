import {
  type Complaint,
  nearestHint,
  readDocuments,
  type Shaped,
  type YamlDocument,
} from '../../../reports/run/index.ts'
import { isTooDeep } from '../../../slo/model/documents.ts'
import { ELSEWHERE, KINDS, type Manifest } from './kinds.ts'
import { valuesAt } from './values-at.ts'

/** A manifest, frozen; or everything that is wrong with it, each with its place. `others` may stand there too. */
export function parseManifest(document: YamlDocument, others: readonly string[] = []): Shaped<Manifest> {
  if (isTooDeep(document.value))
    return { value: undefined, complaints: [document.complaint([], 'lists and maps go too deep here')] }
  const [found] = valuesAt(document.value, ['kind'])
  const kind = KINDS.find(String(found?.value))
  if (kind === undefined)
    return { value: undefined, complaints: [unknownKind(found?.value, others, document)] }
  const { value, complaints } = kind.read(document)
  if (value !== undefined) return { value, complaints: [] }
  return { value, complaints: inReadingOrder(complaints) }
}

/** Of a value that was written in TypeScript: line and column count in its JSON, written over several lines. */
export function parseManifestValue(value: unknown, from: string): Shaped<Manifest> {
  const { documents, complaints } = readDocuments(JSON.stringify(value, null, 2) ?? '', from)
  const [document] = documents
  return document === undefined ? { value: undefined, complaints } : parseManifest(document)
}

function unknownKind(kind: unknown, others: readonly string[], document: YamlDocument): Complaint {
  if (kind === undefined)
    return document.complaint([], '"kind" is missing', { hint: 'expected such as kind: PodChaos' })
  if (ELSEWHERE.includes(String(kind)))
    return document.complaint(
      ['kind'],
      `kind ${kind} is not read: what it breaks is not found on a machine`,
      {
        hint: 'apply it with Chaos Mesh in a cluster',
      },
    )
  return document.complaint(['kind'], `unknown kind "${kind}"`, {
    hint: nearestHint(String(kind), [...others, ...KINDS.names()]),
  })
}

const inReadingOrder = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.toSorted((a, b) => a.line - b.line || a.column - b.column)
