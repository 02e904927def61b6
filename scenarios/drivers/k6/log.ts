import { jsonOf } from '../../../reports/run/json-of.ts'

/** k6's own log, read as it comes (`--log-format json`): the first exception, and the last words. */
export class K6Log {
  firstException: string | null = null
  readonly #last: string[] = []

  line(line: string): void {
    const message = messageOf(line)
    this.#last.push(message)
    if (this.#last.length > 5) this.#last.shift()
    this.firstException ??= /"(hint":"script exception|source":"stacktrace)"/.test(line) ? message : null
  }

  get lastLine(): string {
    return this.#last.at(-1) ?? ''
  }

  get lastLines(): string {
    return this.#last.join('\n')
  }
}

function messageOf(line: string): string {
  const entry = jsonOf(line)
  return typeof entry === 'object' && entry !== null && 'msg' in entry ? String(entry.msg).trim() : line
}
