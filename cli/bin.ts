import { runCommandLine } from './commands/index.ts'
import { explain } from './terminal/explain.ts'
import { processTerminal } from './terminal/terminal.ts'

/** The only place that ends the process, once all that was written to a pipe has gone through it. */
const leave = (code: number): void => void process.stdout.write('', () => process.exit(code))

const terminal = processTerminal()
const args = process.argv.slice(2)
// The guardian takes back what is still on.
process.on('uncaughtException', (error) => leave(explain(error, args, terminal)))
// Nothing of ours is left to wait for; an idle socket of a library must not keep a verdict back.
leave(await runCommandLine(args, terminal))
