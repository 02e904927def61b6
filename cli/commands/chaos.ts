import { Command } from 'commander'
import type { AddCommand } from './add-command.ts'
import { chaosListCommand } from './chaos-list.ts'
import { chaosPlanCommand } from './chaos-plan.ts'
import { chaosRecoverCommand } from './chaos-recover.ts'
import { chaosResidueCommand } from './chaos-residue.ts'
import { chaosRunCommand } from './chaos-run.ts'
import { chaosStopCommand } from './chaos-stop.ts'
import { chaosValidateCommand } from './chaos-validate.ts'

const COMMANDS: readonly AddCommand[] = [
  chaosListCommand,
  chaosPlanCommand,
  chaosRunCommand,
  chaosValidateCommand,
  chaosResidueCommand,
  chaosRecoverCommand,
  chaosStopCommand,
]

export const chaosCommand: AddCommand = (terminal, end) => {
  const chaos = new Command('chaos')
    .description('Faults: what is broken, and how it is mended.')
    .addHelpText(
      'after',
      '\nFirst: gauntlet chaos list, then gauntlet chaos plan NAME, then gauntlet chaos run NAME.',
    )
  for (const add of COMMANDS) chaos.addCommand(add(terminal, end))
  return chaos
}
