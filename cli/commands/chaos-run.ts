import { Command, InvalidArgumentError } from 'commander'
import { parseDuration } from '../../reports/run/index.ts'
import { loadProject } from '../config/load-config.ts'
import { attendRun } from '../run/attend.ts'
import type { AddCommand } from './add-command.ts'
import { type RunOptions, withRunOptions } from './run-options.ts'

interface Options extends RunOptions {
  readonly for: number
}

export const chaosRunCommand: AddCommand = (terminal, end) =>
  withRunOptions(new Command('run'))
    .argument('<experiment>', 'name of an experiment; gauntlet chaos list shows them')
    .option('--for <duration>', 'how long the fault is on, unless the experiment says so', length, 30_000)
    .description('Run one experiment without load: steady state, fault, its proof, its undo, steady state.')
    .addHelpText('after', HELP)
    .action(async (name: string, options: Options) => {
      const project = await loadProject(terminal.cwd, options.config)
      const experiment = { name, forMs: options.for }
      end(await attendRun({ ...options, plan: name, project, experiment }, terminal))
    })

const HELP = `
Exit 0: the fault was seen, is proven gone, and the steady state held before and after it.

Examples:
  gauntlet chaos run kill-order-worker
  gauntlet chaos run pause-catalogue --for 10s --target .plaza/target.json`

/** Shared by what takes the length of a fault: whole seconds, in ms. */
export function length(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms <= 0 || ms % 1000 !== 0)
    throw new InvalidArgumentError('whole seconds are expected, such as 30s or 2m.')
  return ms
}
