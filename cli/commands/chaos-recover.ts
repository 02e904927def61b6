import { Command } from 'commander'
import { projectRootFor } from '../config/load-config.ts'
import { recover } from '../run/chaos/recover.ts'
import { showResidue } from '../run/chaos/show-residue.ts'
import { plainProgress } from '../terminal/plain.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const chaosRecoverCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('recover'))
    .description(
      'Take back what an earlier run left, and only what is ours; a run that goes on is left alone.',
    )
    .addHelpText(
      'after',
      '\nExit 25 when something is left: it says how to remove it by hand.\n\nExample:\n  gauntlet chaos recover',
    )
    .action(async (options: { readonly config?: string; readonly json: boolean }) => {
      const root = projectRootFor(terminal.cwd, options.config)
      end(showResidue(await recover(root, plainProgress(terminal.screen)), options, terminal))
    })
