import { Command } from 'commander'
import { projectRootFor } from '../config/load-config.ts'
import { findResidue } from '../run/chaos/residue.ts'
import { showResidue } from '../run/chaos/show-residue.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const chaosResidueCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('residue'))
    .description(
      'Look for what runs left: faults, processes, locks, leases, FIFOs. Touches nothing; 25 if found.',
    )
    .addHelpText('after', '\nExample:\n  gauntlet chaos residue || gauntlet chaos recover')
    .action(async (options: { readonly config?: string; readonly json: boolean }) => {
      const residue = await findResidue(projectRootFor(terminal.cwd, options.config))
      end(showResidue(residue, options, terminal))
    })
