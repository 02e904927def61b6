import { CommanderError } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { EXIT } from '../../reports/run/index.ts'
import { asGauntletError, errorAsJson, errorInWords } from './errors.ts'
import type { Terminal } from './terminal.ts'

/** Says what went wrong, to people and, of a command with --json, to programs; gives the exit code. */
export function explain(
  error: unknown,
  args: readonly string[],
  { out, screen }: Pick<Terminal, 'out' | 'screen'>,
): number {
  const isCommander = error instanceof CommanderError
  if (isCommander && error.exitCode === 0) return EXIT.met.code // --help and --version
  const known = asGauntletError(error)
  const isHelp = isCommander && error.code === 'commander.help' // no command was given: it is shown already
  if (!isHelp) screen.write(`${errorInWords(known)}\n`)
  if (args.includes('--json')) out(jsonDocument(errorAsJson(known)))
  return known.exitCode
}
