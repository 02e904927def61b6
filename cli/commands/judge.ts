import { Command } from 'commander'
import { projectRootFor } from '../config/load-config.ts'
import { findEndedRun } from '../run/find-run.ts'
import { judgeFolder, keepVerdict } from '../run/judge-folder.ts'
import { showVerdict } from '../run/show-run.ts'
import type { AddCommand } from './index.ts'
import { withProjectOptions } from './run-options.ts'

export const judgeCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('judge'))
    .argument('<run>', 'id or folder of a run, or last')
    .description('Judge a recorded run again, without running anything; writes verdict.json and report/.')
    .addHelpText('after', '\nExample:\n  gauntlet judge 20261121-014530-k3f9')
    .action(async (given: string, options: { config?: string; json: boolean }) => {
      const projectRoot = projectRootFor(terminal.cwd, options.config)
      const folder = await findEndedRun(given, { cwd: terminal.cwd, projectRoot })
      const judged = await judgeFolder(folder)
      await keepVerdict(folder, judged)
      showVerdict({ folder, judged }, options, terminal)
      end(judged.verdict.exitCode)
    })
