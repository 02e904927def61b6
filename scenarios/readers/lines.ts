const NEWLINE = 10
const CARRIAGE_RETURN = 13

/** Longer than any line of a load generator; a file without line breaks must not fill the memory. */
const LONGEST_BYTES = 1 << 20

/** Lines count from 1. */
export interface LineSink {
  line(text: string, number: number): void
  /** `why` follows the words "line 17" */
  unreadable(why: string, number: number): void
}

/** Cuts a file into lines as it flows, in chunks that may end anywhere. */
export class Lines {
  /** how many were begun */
  number = 0
  readonly #sink: LineSink
  #rest: Buffer = Buffer.alloc(0)
  #isTooLong = false

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      this.#ended(this.#withRest(chunk.subarray(from, to)))
      from = to + 1
    }
    this.#keep(this.#withRest(chunk.subarray(from)))
  }

  /** Whoever wrote the file ended each line; one without an end was cut, and nobody knows what followed it. */
  end(): void {
    if (this.#rest.length === 0 && !this.#isTooLong) return
    this.number += 1
    this.#sink.unreadable('has no end: the file was cut', this.number)
  }

  #withRest(bytes: Buffer): Buffer {
    return this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
  }

  #keep(bytes: Buffer): void {
    this.#isTooLong ||= bytes.length > LONGEST_BYTES
    // copied: a slice would keep its whole chunk
    this.#rest = this.#isTooLong ? Buffer.alloc(0) : Buffer.from(bytes)
  }

  #ended(bytes: Buffer): void {
    this.number += 1
    this.#rest = Buffer.alloc(0)
    const isTooLong = this.#isTooLong || bytes.length > LONGEST_BYTES
    this.#isTooLong = false
    if (isTooLong) this.#sink.unreadable('is longer than 1 MiB', this.number)
    else this.#sink.line(textOf(bytes, this.number === 1), this.number)
  }
}

/** Without the return of a Windows line, and without the mark that some editors put before the first. */
function textOf(bytes: Buffer, isFirst: boolean): string {
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
  const text = bytes.toString('utf8', 0, end)
  return isFirst ? text.replace(/^\uFEFF/, '') : text
}
