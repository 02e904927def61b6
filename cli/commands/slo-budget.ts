import { Command, InvalidArgumentError, Option } from 'commander'
import { type FaultRate, parseTimes, parseWindow } from '../../slo/budget/index.ts'
import { showBudget } from '../run/show/slo-budget.ts'
import type { AddCommand } from './add-command.ts'
import { wholeNumber, withProjectOptions } from './run-options.ts'

interface SloBudgetOptions {
  readonly config?: string
  readonly rates?: string
  readonly rate: ReadonlyMap<string, FaultRate>
  readonly window?: number
  readonly seed: number
  readonly json: boolean
}

export const sloBudgetCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('budget'))
    .argument('<runs...>', 'ids or folders of runs, or last')
    .option('--rates <file>', 'how often each fault happens; fault-rates.yaml of the project unless given')
    .addOption(
      new Option('--rate <experiment=times>', 'how often one fault happens, such as kill-worker=4/month')
        .argParser(oneRate)
        .default(new Map(), 'as in the file'),
    )
    .option('--window <duration>', 'of promises that are made over none, such as 28d or 1M', windowMs)
    .option('--seed <number>', 'seed of the simulation', wholeNumber, 1)
    .description("Say what a month costs of each objective's error budget, from the faults of recorded runs.")
    .addHelpText('after', HELP)
    .action(async (runs: string[], options: SloBudgetOptions) => {
      terminal.out(await showBudget({ ...options, runs }, terminal.cwd))
    })

const HELP = `
This informs, it does not judge: exit 0, or 2 when it cannot be said.

Example:
  gauntlet slo budget last --rate kill-order-worker=1/day`

function oneRate(text: string, before: ReadonlyMap<string, FaultRate>): ReadonlyMap<string, FaultRate> {
  const [experiment = '', times = '', ...more] = text.split('=')
  const perMonth = parseTimes(times)
  if (experiment === '' || perMonth === undefined || more.length > 0)
    throw new InvalidArgumentError('expected an experiment and how often, such as kill-worker=4/month.')
  return new Map([...before, [experiment, { perMonth, why: 'as --rate says' }]])
}

function windowMs(text: string): number {
  const ms = parseWindow(text)
  if (ms === undefined) throw new InvalidArgumentError('a length such as 28d, 4w or 1M is expected.')
  return ms
}
