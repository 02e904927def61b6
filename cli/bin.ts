import { CommanderError } from 'commander'
import { EXIT, GauntletError } from '../reports/run/index.ts'
import { buildProgram } from './commands/index.ts'
import { errorAsJson, errorInWords } from './terminal/errors.ts'
import { processTerminal } from './terminal/terminal.ts'

/** The only place that ends the process. */
const terminal = processTerminal()
const asJson = process.argv.includes('--json')

function codeOf(error: unknown): number {
  // help and --version end with 0; a wrong option is a refusal
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.refused.code
  if (!(error instanceof GauntletError)) throw error
  terminal.screen.write(`${errorInWords(error)}\n`)
  if (asJson) terminal.out(JSON.stringify(errorAsJson(error)))
  return error.exitCode
}

let exitCode: number = EXIT.met.code
const program = buildProgram(terminal, (code) => {
  exitCode = code
})
try {
  await program.parseAsync()
} catch (error) {
  exitCode = codeOf(error)
}
// Nothing of ours is left to wait for; an idle socket of a library must not keep a verdict back.
process.exit(exitCode)
