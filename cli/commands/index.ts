import { Command, type CommanderError } from 'commander'
import { EXIT } from '../../reports/run/index.ts'
import { usageError } from '../terminal/errors.ts'
import { explain } from '../terminal/explain.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { version } from '../version.ts'
import type { AddCommand, End } from './add-command.ts'
import { chaosCommand } from './chaos.ts'
import { compareCommand } from './compare.ts'
import { doctorCommand } from './doctor.ts'
import { historyCommand } from './history.ts'
import { initCommand } from './init.ts'
import { judgeCommand } from './judge.ts'
import { listCommand } from './list.ts'
import { planCommand } from './plan.ts'
import { proxyCommand } from './proxy.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { sloCommand } from './slo.ts'
import { verifyCommand } from './verify.ts'

const COMMANDS: readonly AddCommand[] = [
  initCommand,
  runCommand,
  verifyCommand,
  planCommand,
  judgeCommand,
  reportCommand,
  compareCommand,
  historyCommand,
  sloCommand,
  chaosCommand,
  proxyCommand,
  listCommand,
  doctorCommand,
]

const EXIT_CODES = [
  'Exit codes:',
  ...Object.values(EXIT).map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`),
].join('\n')

/** Does what is asked on the command line, and tells it; gives the exit code, also of what was thrown. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.met.code
  const program = buildProgram(terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error, args, terminal)
  }
}

/** All commands. */
export function buildProgram(terminal: Terminal, end: End): Command {
  const program = new Command('gauntlet')
    .description('Load, faults and page audits against a platform; one verdict with its evidence.')
    .version(version)
    .addHelpText(
      'after',
      `\n${EXIT_CODES}\n\nFirst: gauntlet doctor, then gauntlet init, or gauntlet verify in a project. Each command has --help with an example.`,
    )
  for (const add of COMMANDS) program.addCommand(add(terminal, end))
  speakThrough(terminal, program, program.name())
  return program
}

/** What is wrong with a command line is told in the form of every other refusal. */
function speakThrough(terminal: Terminal, command: Command, name: string): void {
  const refuse = (error: CommanderError): never => {
    // help that was asked for, or is shown in place of a command, is told by itself
    throw error.exitCode === 0 || error.code === 'commander.help' ? error : usageError(error, name)
  }
  command.exitOverride(refuse).configureOutput({
    writeOut: (text) => terminal.out(text),
    writeErr: (text) => terminal.screen.write(text),
    outputError: () => {},
  })
  for (const sub of command.commands) speakThrough(terminal, sub, `${name} ${sub.name()}`)
}
