import { Command } from 'commander'
import { loadProject } from '../config/load-config.ts'
import { attendRun } from '../run/attend.ts'
import type { AddCommand } from './index.ts'
import { type RunOptions, withRunOptions } from './run-options.ts'

export const runCommand: AddCommand = (terminal, end) =>
  withRunOptions(new Command('run'))
    .argument('<plan>', 'name of a plan; gauntlet list shows them')
    .description('Run a plan: load, faults and audits, then one verdict.')
    .addHelpText('after', '\nExample:\n  gauntlet run release-gate --json > verdict.json')
    .action(async (plan: string, options: RunOptions) => {
      const project = await loadProject(terminal.cwd, options.config)
      end(await attendRun({ ...options, plan, project }, terminal))
    })
