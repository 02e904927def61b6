import { createReadStream } from 'node:fs'
import { KINDS, type Kind } from './kinds.ts'
import { type LineSink, Lines } from './lines.ts'
import type { Parser } from './parser.ts'
import type { Results } from './results.ts'
import { ResultsFold, type ResultsFoldOptions } from './results-fold.ts'
import { noFirstLine, unknownKind } from './unknown-kind.ts'

export type ReadResultsOptions = Omit<ResultsFoldOptions, 'disorderMs'>

/** Reads a results file of k6 or JMeter as it flows: it may be larger than the memory. */
export function readResults(path: string, options: ReadResultsOptions): Promise<Results> {
  return readChunks(createReadStream(path), path, options)
}

/** As much as tells one format from another. */
const BEGINNING_BYTES = 64

/** `name` is said when it cannot be read. */
export async function readChunks(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  name: string,
  options: ReadResultsOptions,
): Promise<Results> {
  const reader = new ResultsReader(name, options)
  const lines = new Lines(reader)
  for await (const chunk of chunks) {
    reader.beginning ||= chunk.toString('utf8', 0, BEGINNING_BYTES).replace(/^\uFEFF/, '')
    lines.push(chunk)
  }
  lines.end()
  return reader.finish(lines.number)
}

interface Opened {
  readonly kind: Kind
  readonly parser: Parser
  readonly fold: ResultsFold
}

class ResultsReader implements LineSink {
  /** for a file without a first line */
  beginning = ''
  readonly #name: string
  readonly #options: ReadResultsOptions
  #opened: Opened | undefined

  constructor(name: string, options: ReadResultsOptions) {
    this.#name = name
    this.#options = options
  }

  line(text: string, number: number): void {
    if (this.#opened === undefined) this.#opened = this.#open(text)
    else this.#opened.parser.line(text, number)
  }

  unreadable(why: string, number: number): void {
    if (this.#opened === undefined) throw noFirstLine(this.#name, this.beginning)
    this.#opened.parser.unreadable(why, number)
  }

  finish(lines: number): Results {
    if (this.#opened === undefined) throw noFirstLine(this.#name, this.beginning)
    const { kind, parser, fold } = this.#opened
    parser.end()
    return fold.finish(kind.name, lines)
  }

  #open(firstLine: string): Opened {
    const kind = KINDS.find((one) => one.knows(firstLine))
    if (kind === undefined) throw unknownKind(this.#name, firstLine)
    const fold = new ResultsFold({ ...this.#options, disorderMs: kind.disorderMs })
    return { kind, parser: kind.open(firstLine, fold), fold }
  }
}
