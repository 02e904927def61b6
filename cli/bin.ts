import { CommanderError } from 'commander'
import { jsonDocument } from '../reports/render/index.ts'
import { EXIT } from '../reports/run/index.ts'
import { buildProgram } from './commands/index.ts'
import { asGauntletError, errorAsJson, errorInWords } from './terminal/errors.ts'
import { processTerminal } from './terminal/terminal.ts'

/** The only place that ends the process. */
const terminal = processTerminal()
const asJson = process.argv.includes('--json')

/** Says what went wrong, to people and to --json, and gives the exit code. */
function explain(error: unknown): number {
  const isCommander = error instanceof CommanderError
  if (isCommander && error.exitCode === 0) return EXIT.met.code // --help and --version
  const known = asGauntletError(error)
  const isHelp = isCommander && error.code === 'commander.help' // no command was given: it is shown already
  if (!isHelp) terminal.screen.write(`${errorInWords(known)}\n`)
  if (asJson) terminal.out(jsonDocument(errorAsJson(known)))
  return known.exitCode
}

/** Ends the process once all that was written to a pipe has gone through it. */
const leave = (code: number): void => void process.stdout.write('', () => process.exit(code))

// The guardian takes back what is still on.
process.on('uncaughtException', (error) => leave(explain(error)))

let exitCode: number = EXIT.met.code
const program = buildProgram(terminal, (code) => {
  exitCode = code
})
try {
  await program.parseAsync()
} catch (error) {
  exitCode = explain(error)
}
// Nothing of ours is left to wait for; an idle socket of a library must not keep a verdict back.
leave(exitCode)
