import { EXIT, type ExitName } from './exit-codes.ts'

/** One mistake in a file, placed so that an editor can jump to it. `line` and `column` count from 1. */
export interface Complaint {
  readonly file: string
  readonly line: number
  readonly column: number
  /** how many characters the mistake spans, for the line of carets; 1 when not known */
  readonly length?: number
  readonly message: string
  /** what was expected, or the nearest right word; may hold several lines */
  readonly hint?: string
  /** the text of the line it stands on, when it is known */
  readonly excerpt?: string
}

export interface GauntletErrorOptions {
  /** what to do next */
  readonly hint?: string
  readonly cause?: unknown
  /** how the command ends when nobody handles it; `refused` (2) unless said otherwise */
  readonly exit?: ExitName
  /** mistakes in files, all of them at once */
  readonly complaints?: readonly Complaint[]
}

/** The only error class: a code to search for, a sentence with the values in it, what to do next, the cause. */
export class GauntletError extends Error {
  override readonly name = 'GauntletError'
  readonly code: string
  readonly hint: string | undefined
  readonly exit: ExitName
  readonly complaints: readonly Complaint[]

  constructor(code: string, message: string, options: GauntletErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.exit = options.exit ?? 'refused'
    this.complaints = options.complaints ?? []
  }

  get exitCode(): number {
    return EXIT[this.exit].code
  }
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
