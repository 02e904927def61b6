import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { readLines } from '../platform/lines.ts'

/** A log that has grown beyond this many bytes is set aside as `NAME.log.1` when its process is next started. */
const largestBytes = 20 * 2 ** 20

/** Pino's number for `info`; what is no JSON line of the process itself (a stack trace, PostgreSQL) gets it. */
const infoLevel = 30

/** The log of one process: pino's JSON lines, whatever it writes. */
export class LogFile {
  readonly #name: string
  readonly #descriptor: number
  #lastLine = ''

  constructor(name: string, file: string) {
    this.#name = name
    setAsideWhenLarge(file)
    this.#descriptor = openSync(file, 'a', 0o600)
  }

  follow(stream: Readable | null): void {
    if (stream !== null) readLines(stream, (line) => this.write(line))
  }

  /** What the process said last, for the sentence that tells of its failure. */
  get lastLine(): string {
    return this.#lastLine
  }

  write(line: string): void {
    this.#lastLine = line
    writeSync(this.#descriptor, `${line.startsWith('{"level":') ? line : this.#wrap(line)}\n`)
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #wrap(line: string): string {
    return JSON.stringify({ level: infoLevel, time: Date.now(), name: this.#name, msg: line })
  }
}

function setAsideWhenLarge(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found !== undefined && found.size > largestBytes) renameSync(file, `${file}.1`)
}
