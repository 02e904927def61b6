import { Command } from 'commander'
import { hasConfig, loadProject } from '../config/load-config.ts'
import { listRuns } from '../run/record/find-run.ts'
import { showList } from '../run/show/show-list.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const listCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('list'))
    .description('List plans, scenarios, experiments, objectives, audits and recorded runs.')
    .addHelpText('after', '\nExample:\n  gauntlet list --json')
    .action(async (options: { config?: string; json: boolean }) => {
      const { cwd } = terminal
      const isBare = !hasConfig(cwd, options.config) && (await listRuns(cwd)).length > 0
      const project = isBare ? { root: cwd, config: { target: {} } } : await loadProject(cwd, options.config)
      terminal.out(await showList(project, options))
    })
