import { Command } from 'commander'
import { loadProject } from '../config/load-config.ts'
import { showPlan } from '../run/show/show-plan.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

interface PlanOptions {
  readonly config?: string
  readonly target?: string
  readonly allowUndecidable: boolean
  readonly json: boolean
}

export const planCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('plan'))
    .argument('[plan]', 'name of a plan; the one that the config calls verify unless given')
    .option('--target <file>', 'description of a target that is already running')
    .option('--allow-undecidable', 'also show what cannot be decided in this length', false)
    .description('Show what a run would do, when and to whom; nothing is touched.')
    .addHelpText('after', '\nExample:\n  gauntlet plan verify')
    .action(async (given: string | undefined, options: PlanOptions) => {
      const project = await loadProject(terminal.cwd, options.config)
      terminal.out(await showPlan({ ...options, project, plan: given ?? project.config.verify ?? 'verify' }))
    })
