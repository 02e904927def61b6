import type { Header, RequestHead, ResponseHead } from './message.ts'

/** A head that is longer is passed on untouched. */
export const HEAD_LIMIT_BYTES = 64 * 1024

const LF = 10
const BEGINNING_LENGTH = 33

/** How the first line of a message looks, and what its head says. */
export interface Grammar<Head> {
  /** whether the beginning of a first line may become one; the first 33 characters decide it */
  couldBegin(text: string): boolean
  isStartLine(line: string): boolean
  /** empty lines that may stand before the first line: RFC 9112, 2.2 */
  readonly allowsEmptyLines: boolean
  headOf(startLine: string, headers: readonly Header[]): Head
}

export type HeadRead<Head> =
  | { readonly kind: 'more' }
  /** not a head as RFC 9112 writes it */
  | { readonly kind: 'foreign' }
  /** `next`: where the body begins in the chunk */
  | { readonly kind: 'head'; readonly head: Head; readonly next: number }

/**
 * Reads one head after another, line by line, from chunks that are cut anywhere. It is strict on purpose: a bare LF, a
 * folded line, a space before the colon, whatever two readers could take for two things, is foreign.
 */
export class HeadParser<Head> {
  readonly #grammar: Grammar<Head>
  #line = ''
  #lines: string[] = []
  #readBytes = 0
  /** the first line has begun so that it may become one */
  #hasBegun = false

  constructor(grammar: Grammar<Head>) {
    this.#grammar = grammar
  }

  read(chunk: Buffer, from: number): HeadRead<Head> {
    let at = from
    while (at < chunk.length) {
      const found = chunk.indexOf(LF, at)
      const end = found === -1 ? chunk.length : found + 1
      this.#line += chunk.toString('latin1', at, end)
      this.#readBytes += end - at
      at = end
      if (this.#readBytes > HEAD_LIMIT_BYTES) return { kind: 'foreign' }
      if (found === -1) break
      const line = this.#line
      this.#line = ''
      if (!line.endsWith('\r\n')) return { kind: 'foreign' }
      if (line.length > 2) {
        if (!this.#take(line.slice(0, -2))) return { kind: 'foreign' }
      } else if (this.#lines.length > 0) return this.#finish(at)
      else if (!this.#grammar.allowsEmptyLines) return { kind: 'foreign' }
    }
    return this.#mayGoOn() ? { kind: 'more' } : { kind: 'foreign' }
  }

  #take(line: string): boolean {
    const isFirst = this.#lines.length === 0
    this.#lines.push(line)
    return isFirst ? this.#grammar.isStartLine(line) : HEADER.test(line)
  }

  /** A first line that never ends must not be held: what cannot become one is told by its first characters. */
  #mayGoOn(): boolean {
    if (this.#hasBegun || this.#lines.length > 0) return true
    const mayBegin = this.#line === '' || this.#line === '\r' || this.#grammar.couldBegin(this.#line)
    this.#hasBegun = mayBegin && this.#line.length >= BEGINNING_LENGTH
    return mayBegin
  }

  #finish(next: number): HeadRead<Head> {
    const [startLine = '', ...lines] = this.#lines
    this.#lines = []
    this.#readBytes = 0
    this.#hasBegun = false
    return { kind: 'head', head: this.#grammar.headOf(startLine, lines.map(headerOf)), next }
  }
}

// RFC 9110, 5.6.2: the characters of a token; 5.5: those of a value, without a lonely CR or NUL.
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const HEADER = new RegExp(`^(${TOKEN}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)$`)
const REQUEST_LINE = /^([A-Z][A-Z0-9_-]{0,31}) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/
const REQUEST_BEGINS = /^[A-Z][A-Z0-9_-]{0,31}( |$)/
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/
const STATUS_BEGINS = 'HTTP/1.'

function headerOf(line: string): Header {
  const [, name = '', value = ''] = HEADER.exec(line) ?? []
  return [name, value.replace(/[ \t]+$/, '')]
}

const minorOf = (digit: string): 0 | 1 => (digit === '0' ? 0 : 1)

export const REQUEST: Grammar<RequestHead> = {
  couldBegin: (text) => REQUEST_BEGINS.test(text),
  isStartLine: (line) => REQUEST_LINE.test(line),
  allowsEmptyLines: true,
  headOf: (line, headers) => {
    const [, method = '', target = '', minor = ''] = REQUEST_LINE.exec(line) ?? []
    return { method, target, minor: minorOf(minor), headers }
  },
}

export const RESPONSE: Grammar<ResponseHead> = {
  couldBegin: (text) => STATUS_BEGINS.startsWith(text.slice(0, STATUS_BEGINS.length)),
  isStartLine: (line) => STATUS_LINE.test(line),
  allowsEmptyLines: false,
  headOf: (line, headers) => {
    const [, minor = '', code = '', reason = ''] = STATUS_LINE.exec(line) ?? []
    return { code: Number(code), reason, minor: minorOf(minor), headers }
  },
}

/** Whether a chunk begins with the whole first line of a request. */
export function beginsWithRequestLine(chunk: Buffer): boolean {
  const end = chunk.subarray(0, HEAD_LIMIT_BYTES).indexOf('\r\n')
  return end > 0 && REQUEST.isStartLine(chunk.toString('latin1', 0, end))
}
