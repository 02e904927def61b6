import {
  type Complaint,
  EXIT,
  type ExitName,
  type GauntletError,
  plainText,
} from '../../reports/run/index.ts'

const WORDS: Partial<Record<ExitName, string>> = {
  refused: 'refused',
  stopped: 'stopped',
  machinery: 'failed',
}

/** An error as people read it: what happened, each mistake at its place, what to do next. */
export function errorInWords(error: GauntletError): string {
  const head = `${WORDS[error.exit] ?? error.exit}: ${error.message}   (exit ${EXIT[error.exit].code})`
  return [head, ...error.complaints.map(complaintInWords), ...hintLines(error.hint)].join('\n')
}

function complaintInWords({ file, line, column, length, message, excerpt, hint }: Complaint): string {
  const head = `\n${plainText(file)}:${line}:${column}  ${plainText(message)}`
  const gutter = String(line).padStart(5)
  const marked =
    excerpt === undefined
      ? []
      : [`${gutter} | ${plainText(excerpt)}`, `      | ${' '.repeat(column - 1)}${'^'.repeat(length ?? 1)}`]
  const hints = hint === undefined ? [] : hint.split('\n').map((one) => `      ${plainText(one)}`)
  return [head, ...marked, ...hints].join('\n')
}

function hintLines(hint: string | undefined): string[] {
  if (hint === undefined) return []
  const [first = '', ...rest] = hint.split('\n')
  return [`  hint     ${first}`, ...rest.map((line) => `           ${line}`)]
}

/** The same for --json. */
export function errorAsJson(error: GauntletError): object {
  const { code, message, hint, exitCode, complaints } = error
  return { schema: 'gauntlet/error/1', code, message, hint: hint ?? null, exitCode, complaints }
}
