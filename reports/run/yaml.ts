import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  YAMLParseError,
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

/** Reads all documents of a YAML text; empty ones are nothing, as long as there is another. Bad text gives complaints, never an exception. */
export function readDocuments(text: string, file: string): YamlFile {
  const good = text.split(NOT_UTF_8, 1)[0] ?? ''
  if (good.length < text.length) return { documents: [], complaints: [notUtf8(good, file)] }
  const lineCounter = new LineCounter()
  const place = placeIn(text, lineCounter)
  const documents: YamlDocument[] = []
  const complaints: Complaint[] = []
  const parsed = [...parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'error' })]
  for (const document of parsed) {
    complaints.push(...mistakesOf(document).map(({ pos, said }) => ({ file, ...said, ...place(...pos) })))
    if (document.errors.length > 0) continue
    const value = plainValue(document)
    if (value instanceof Error) complaints.push({ file, ...wordsOf(value), ...place(0, 0) })
    else if (value !== null) documents.push(documentOf(document, value, file, place))
  }
  if (documents.length === 0 && complaints.length === 0)
    complaints.push({ file, message: 'the file is empty', ...place(0, 0) })
  return { documents, complaints }
}

/** What is left of bytes that are no UTF-8, and the zeros of UTF-16 and of programs. */
const NOT_UTF_8 = /[\0\uFFFD]/

function notUtf8(before: string, file: string): Complaint {
  const lines = before.split('\n')
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  return { file, message: 'from here on it is not UTF-8 text', hint: 'save it as UTF-8', ...place }
}

interface Mistake {
  readonly pos: [number, number]
  readonly said: Pick<Complaint, 'message' | 'hint'>
}

function mistakesOf({ errors, range }: Document): Mistake[] {
  const tooDeep = errors.find(isTooDeep)
  if (tooDeep !== undefined) return [{ pos: [range?.[0] ?? 0, 0], said: wordsOf(tooDeep) }]
  return errors.map((error) => ({ pos: error.pos, said: wordsOf(error) }))
}

/** The parser calls itself for each list or map within another. */
const isTooDeep = ({ message }: Error): boolean => /call stack|stack overflow/i.test(message)

function wordsOf(error: Error): Mistake['said'] {
  if (isTooDeep(error)) return { message: 'lists and maps go too deep here' }
  if (error instanceof YAMLParseError && error.code === 'DUPLICATE_KEY')
    return { message: 'this key stands twice in its map', hint: 'expected each key once' }
  return { message: error.message }
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

/** An excerpt is cut there, but never before its carets. */
const LONGEST_EXCERPT = 160

/** The excerpt is one line, so the carets end with it. */
function placeIn(text: string, lineCounter: LineCounter): Place {
  const lines = text.split(/\r?\n/)
  return (from, to) => {
    const { line, col } = lineCounter.linePos(from)
    const whole = lines[Math.max(0, line - 1)] ?? ''
    const column = Math.max(1, col)
    const excerpt = whole.slice(0, Math.max(LONGEST_EXCERPT, column))
    const length = Math.max(1, Math.min(to - from, excerpt.length - column + 1))
    return { line: Math.max(1, line), column, length, excerpt }
  }
}

/** A part of a document as a document of its own; what is wrong with it is placed in the whole. */
export function partOf(document: YamlDocument, at: YamlPath, value: unknown): YamlDocument {
  return {
    file: document.file,
    value,
    text: (path) => document.text([...at, ...path]),
    complaint: (path, message, options) => document.complaint([...at, ...path], message, options),
  }
}
