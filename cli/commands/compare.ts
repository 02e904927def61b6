import { Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../../reports/run/index.ts'
import { loadProject } from '../config/load-config.ts'
import { attendComparison } from '../run/compare/attend-comparison.ts'
import { FEWEST_PAIRS } from '../run/compare/schedule.ts'
import type { AddCommand } from './add-command.ts'
import { port, wholeNumber, withProjectOptions } from './run-options.ts'

interface CompareOptions {
  readonly config?: string
  readonly plan?: string
  readonly pairs?: number
  readonly allowUndecidable: boolean
  readonly block: number
  readonly port?: number
  readonly wait: boolean
  readonly seed: number
  readonly plain: boolean
  readonly json: boolean
}

export const compareCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('compare'))
    .argument('<base>', 'folder of a project (a build), or file with the description of a running target')
    .argument('<head>', 'the same, of what may be worse')
    .option(
      '--plan <name>',
      'plan that gives the load and the objectives; the one that the config calls verify',
    )
    .option(
      '--pairs <number>',
      `pairs of blocks, at least ${FEWEST_PAIRS}; as many as decide every objective when nothing is bad`,
      pairs,
    )
    .option('--allow-undecidable', 'also compare what cannot be decided in so many pairs', false)
    .addOption(
      new Option(
        '--block <duration>',
        'length of a block, 200ms to 30s; CPU time is decided sooner in short ones, if much longer than a request',
      )
        .argParser(blockMs)
        .default(1_000, '1s'),
    )
    .option('--port <number>', 'first of the ports that both builds may take', port)
    .option('--wait', 'wait for a target that another run is measuring', false)
    .option('--seed <number>', 'decides which side begins', wholeNumber, 1)
    .option('--plain', 'one line a fact, nothing redrawn', false)
    .description('Load two builds or targets in turn and say of each objective whether the head is worse.')
    .addHelpText('after', HELP)
    .action(async (base: string, head: string, options: CompareOptions) => {
      const project = await loadProject(terminal.cwd, options.config)
      const { block, wait, plan = project.config.verify ?? 'verify', ...rest } = options
      const request = { ...rest, plan, blockMs: block, waitForTarget: wait, cwd: terminal.cwd }
      end(await attendComparison({ ...request, project, base, head }, terminal))
    })

const HELP = `
Only the load and the objectives of the plan are used: no fault, no phase, no audit.
Exit 0 no regression, 21 a regression, 20 not decided, 23 invalid.

Example:
  git worktree add ../base main && gauntlet compare ../base .`

function pairs(text: string): number {
  const number = wholeNumber(text)
  if (number < FEWEST_PAIRS) throw new InvalidArgumentError(`at least ${FEWEST_PAIRS} are needed.`)
  return number
}

function blockMs(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms < 200 || ms > 30_000) throw new InvalidArgumentError('200ms to 30s is expected.')
  return ms
}
