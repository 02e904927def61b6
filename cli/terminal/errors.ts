import { CommanderError } from 'commander'
import { type Complaint, EXIT, type ExitName, GauntletError, plainText } from '../../reports/run/index.ts'
import { isDiskFull } from '../process/disk-full.ts'

/** Whatever was thrown: a wrong option is a refusal, and what nobody foresaw is a bug of ours. */
export function asGauntletError(error: unknown): GauntletError {
  if (error instanceof GauntletError) return error
  if (error instanceof CommanderError) return usageError(error, 'gauntlet')
  if (isDiskFull(error))
    return new GauntletError('DISK_FULL', `nothing can be written: ${error.message}`, {
      exit: 'machinery',
      cause: error,
      hint: 'free space there, or set TMPDIR to a folder with room; then do it again',
    })
  const [message = '', ...stack] = (error instanceof Error ? error.stack : undefined)?.split('\n') ?? []
  return new GauntletError('BUG', message || String(error), {
    exit: 'bug',
    cause: error,
    hint: ['what was on is being taken back; please report this:', ...stack.map((line) => line.trim())].join(
      '\n',
    ),
  })
}

/** `error: unknown command 'lst'` and, on a line of its own, `(Did you mean list?)` */
export function usageError({ message }: CommanderError, command: string): GauntletError {
  const [what = '', suggested] = message.replace(/^error: /, '').split('\n')
  const nearest = /\(Did you mean (?:one of )?(.*)\?\)/.exec(suggested ?? '')?.[1]
  const help = `${command} --help`
  const hint = nearest === undefined ? help : `nearest: ${nearest}\n${help}`
  return new GauntletError('USAGE', what, { hint })
}

const WORDS: Partial<Record<ExitName, string>> = {
  bug: 'a bug of ours',
  refused: 'refused',
  stopped: 'stopped',
  machinery: 'failed',
}

/** An error as people read it: what happened, each mistake at its place, what to do next. */
export function errorInWords(error: GauntletError): string {
  const head = `${WORDS[error.exit] ?? error.exit}: ${shownLines(error.message)}   (exit ${EXIT[error.exit].code})`
  return [head, ...error.complaints.map(complaintInWords), ...hintLines(error.hint)].join('\n')
}

/** Why our own machinery ended a run whose verdict follows. */
export function reasonInWords({ reason, hint }: { readonly reason: string; readonly hint?: string }): string {
  return [`failed: ${shownLines(reason)}`, ...hintLines(hint)].join('\n')
}

function complaintInWords({ file, line, column, length, message, excerpt, hint }: Complaint): string {
  const head = `\n${plainText(file)}:${line}:${column}  ${plainText(message)}`
  const gutter = String(line).padStart(5)
  const marked =
    excerpt === undefined
      ? []
      : [
          `${gutter} | ${plainText(excerpt)}`,
          `      | ${caretsBelow(excerpt, { column, length: length ?? 1 })}`,
        ]
  const hints = hint === undefined ? [] : hint.split('\n').map((one) => `      ${plainText(one)}`)
  return [head, ...marked, ...hints].join('\n')
}

/** Below the excerpt as it is shown: a tab takes more than one place there. */
function caretsBelow(excerpt: string, { column, length }: { column: number; length: number }): string {
  const before = plainText(excerpt.slice(0, column - 1))
  const marked = plainText(excerpt.slice(column - 1, column - 1 + length))
  return `${' '.repeat(before.length)}${'^'.repeat(Math.max(1, marked.length))}`
}

function hintLines(hint: string | undefined): string[] {
  if (hint === undefined) return []
  const [first = '', ...rest] = hint.split('\n').map(plainText)
  return [`  hint     ${first}`, ...rest.map((line) => `           ${line}`)]
}

/** What k6, a target or a file said may hold anything, such as what clears a screen. */
const shownLines = (text: string): string => text.split('\n').map(plainText).join('\n')

/** The same for --json. */
export function errorAsJson(error: GauntletError): object {
  const { code, message, hint, exitCode, complaints } = error
  return { schema: 'gauntlet/error/1', code, message, hint: hint ?? null, exitCode, complaints }
}
