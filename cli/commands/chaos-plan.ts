import { Command } from 'commander'
import { loadProject } from '../config/load-config.ts'
import { showExperimentPlan } from '../run/chaos/show-plan.ts'
import type { AddCommand } from './add-command.ts'
import { length } from './chaos-run.ts'
import { wholeNumber, withProjectOptions } from './run-options.ts'

interface Options {
  readonly config?: string
  readonly target?: string
  readonly for?: number
  readonly load: boolean
  readonly allowUndecidable: boolean
  readonly seed: number
  readonly json: boolean
}

export const chaosPlanCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('plan'))
    .argument('<experiment>', 'name of an experiment; gauntlet chaos list shows them')
    .option(
      '--for <duration>',
      'how long the fault is on, unless its manifest says so (default: as its file says for a run with load, else 30s)',
      length,
    )
    .option('--no-load', 'without load, also where the experiment says what to drive')
    .option('--allow-undecidable', 'also show what cannot be decided in this length', false)
    .option('--seed <number>', 'seed of everything that is drawn', wholeNumber, 1)
    .option('--target <file>', 'description of a target that is already running')
    .description(
      'Show what an experiment would break, whom it would hit and which rule allows it; touches nothing.',
    )
    .addHelpText('after', '\nExample:\n  gauntlet chaos plan kill-order-worker --target plaza.json')
    .action(async (name: string, { for: forMs, load: underLoad, ...options }: Options) => {
      const asked = forMs === undefined ? {} : { forMs }
      const project = await loadProject(terminal.cwd, options.config)
      terminal.out(await showExperimentPlan({ ...options, ...asked, name, underLoad, project }))
    })
