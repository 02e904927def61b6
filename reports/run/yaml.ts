import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml'
import type { Complaint } from './errors.ts'

/** Keys and list positions that lead to a place in a document: `['spec', 'phases', 2, 'for']`. */
export type YamlPath = readonly (string | number)[]

/** One document of a YAML file, still unchecked. */
export interface YamlDocument {
  readonly file: string
  readonly value: unknown
  /** the text of a scalar as it stands in the file, without its quotes; undefined for lists, maps and nothing */
  text(path: YamlPath): string | undefined
  /** a complaint about the value at this path, or about its key; a path that is not there gives its nearest parent */
  complaint(path: YamlPath, message: string, options?: ComplaintOptions): Complaint
}

export interface ComplaintOptions {
  readonly hint?: string | undefined
  readonly on?: 'key' | 'value'
}

export interface YamlFile {
  /** those that can be read; one with a syntax error is left out */
  readonly documents: readonly YamlDocument[]
  readonly complaints: readonly Complaint[]
}

type Place = (from: number, to: number) => Pick<Complaint, 'line' | 'column' | 'length' | 'excerpt'>

/** Reads all documents of a YAML text. Bad text gives complaints, never an exception. */
export function readDocuments(text: string, file: string): YamlFile {
  const lineCounter = new LineCounter()
  const place = placeIn(text, lineCounter)
  const documents: YamlDocument[] = []
  const complaints: Complaint[] = []
  const parsed = [...parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'error' })]
  for (const document of parsed) {
    for (const { message, pos } of document.errors)
      complaints.push({ file, message, ...place(pos[0], pos[1]) })
    if (document.errors.length > 0 || (document.contents === null && parsed.length > 1)) continue
    const value = plainValue(document)
    if (value instanceof Error) complaints.push({ file, message: value.message, ...place(0, 0) })
    else if (value === null) complaints.push({ file, message: 'the file is empty', ...place(0, 0) })
    else documents.push(documentOf(document, value, file, place))
  }
  if (parsed.length === 0) complaints.push({ file, message: 'the file is empty', ...place(0, 0) })
  return { documents, complaints }
}

/** An alias that leads nowhere, or that would blow up, is found only as the value is made. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

function documentOf(document: Document, value: unknown, file: string, place: Place): YamlDocument {
  return {
    file,
    value,
    text: (path) => {
      const found = find(document, path)
      return found.whole && isScalar(found.value)
        ? (found.value.source ?? String(found.value.value))
        : undefined
    },
    complaint: (path, message, { hint, on = 'value' } = {}) => {
      const { key, value } = find(document, path)
      const range = (on === 'key' ? (key ?? value) : (value ?? key))?.range ?? [0, 0]
      return { file, message, ...place(range[0], range[1]), ...(hint === undefined ? {} : { hint }) }
    },
  }
}

interface Found {
  readonly key: Node | null
  readonly value: Node | null
  /** false: the path ends before its last part, at its nearest parent */
  readonly whole: boolean
}

function find(document: Document, path: YamlPath): Found {
  let found: Found = { key: null, value: document.contents, whole: true }
  for (const part of path) {
    const next = step(document, found.value, part)
    if (next === undefined) return { ...found, whole: false }
    found = next
  }
  return found
}

function step(document: Document, node: Node | null, part: string | number): Found | undefined {
  if (isAlias(node)) return step(document, node.resolve(document) ?? null, part)
  if (isSeq<Node>(node)) {
    const item = node.items[Number(part)]
    return item && { key: null, value: item, whole: true }
  }
  if (!isMap<Node, Node | null>(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
  return pair && { key: pair.key, value: pair.value, whole: true }
}

/** The excerpt is one line, so the carets end with it. */
function placeIn(text: string, lineCounter: LineCounter): Place {
  const lines = text.split(/\r?\n/)
  return (from, to) => {
    const { line, col } = lineCounter.linePos(from)
    const excerpt = lines[Math.max(0, line - 1)] ?? ''
    const column = Math.max(1, col)
    const length = Math.max(1, Math.min(to - from, excerpt.length - column + 1))
    return { line: Math.max(1, line), column, length, excerpt }
  }
}
