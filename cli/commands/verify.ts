import { Command } from 'commander'
import { loadProject } from '../config/load-config.ts'
import { attendRun } from '../run/attend.ts'
import type { RunOptions } from '../run/request.ts'
import type { AddCommand } from './add-command.ts'
import { withRunOptions } from './run-options.ts'

export const verifyCommand: AddCommand = (terminal, end) =>
  withRunOptions(new Command('verify'))
    .description("Run the plan that the project's config calls verify.")
    .addHelpText('after', '\nExample:\n  gauntlet verify --json > verdict.json')
    .action(async (options: RunOptions) => {
      const project = await loadProject(terminal.cwd, options.config)
      end(await attendRun({ ...options, plan: project.config.verify ?? 'verify', project }, terminal))
    })
