/** Plaza could not do its work: a sentence with the values in it, what to do next, and the exit code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly hint: string | undefined
  readonly exitCode: number

  constructor(sentence: string, more: { hint?: string; exitCode?: number; cause?: unknown } = {}) {
    super(sentence, { cause: more.cause })
    this.hint = more.hint
    this.exitCode = more.exitCode ?? 24
  }
}
