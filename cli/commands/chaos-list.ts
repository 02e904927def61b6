import { Command } from 'commander'
import { loadProject } from '../config/load-config.ts'
import { listExperiments } from '../run/chaos/list.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

interface Options {
  readonly config?: string
  readonly target?: string
  readonly json: boolean
}

export const chaosListCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('list'))
    .option('--target <file>', 'description of a target that is already running')
    .description('List the experiments of the project: what each breaks, and whether that can be done here.')
    .addHelpText('after', '\nExample:\n  gauntlet chaos list --json')
    .action(async (options: Options) => {
      const project = await loadProject(terminal.cwd, options.config)
      terminal.out(await listExperiments({ ...options, project }))
    })
