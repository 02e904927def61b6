import { Command, Option } from 'commander'
import { projectRootFor } from '../config/load-config.ts'
import { showResidue } from '../run/chaos/show-residue.ts'
import { stopEverything } from '../run/chaos/stop.ts'
import { plainProgress } from '../terminal/plain.ts'
import type { AddCommand } from './add-command.ts'
import { length } from './chaos-run.ts'
import { withProjectOptions } from './run-options.ts'

interface Options {
  readonly config?: string
  readonly within: number
  readonly json: boolean
}

export const chaosStopCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('stop'))
    .addOption(
      new Option('--within <duration>', 'how long a run may take to undo and end before it is killed')
        .argParser(length)
        .default(30_000, '30s'),
    )
    .description('End every run of this project and of your locks at once, and take back all that was on.')
    .addHelpText(
      'after',
      '\nExit 25 when something is left: it says how to remove it by hand.\n\nExamples:\n  gauntlet chaos stop\n  gauntlet chaos stop --within 5s',
    )
    .action(async ({ within: withinMs, ...options }: Options) => {
      const root = projectRootFor(terminal.cwd, options.config)
      const log = plainProgress(terminal.screen)
      end(showResidue(await stopEverything(root, { withinMs, log }), options, terminal))
    })
