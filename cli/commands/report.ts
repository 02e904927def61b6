import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { projectRootFor } from '../config/load-config.ts'
import { findEndedRun } from '../run/find-run.ts'
import { judgeFolder } from '../run/judge-folder.ts'
import { writeReports } from '../run/reports.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const reportCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('report'))
    .argument('<run>', 'id or folder of a run, or last')
    .description('Write the reports of a recorded run again: the page, JUnit and the Markdown summary.')
    .addHelpText('after', '\nExample:\n  gauntlet report last')
    .action(async (given: string, options: { config?: string; json: boolean }) => {
      const projectRoot = projectRootFor(terminal.cwd, options.config)
      const folder = await findEndedRun(given, { cwd: terminal.cwd, projectRoot })
      const files = await writeReports(folder, await judgeFolder(folder))
      terminal.out(options.json ? jsonDocument({ schema: 'gauntlet/reports/1', files }) : files.join('\n'))
    })
