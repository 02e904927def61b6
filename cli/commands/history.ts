import { Command } from 'commander'
import { addToHistory, type HistoryOptions, showHistory } from '../run/show/history.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const historyCommand: AddCommand = (terminal) => {
  const command = new Command('history')
    .description('Keep what runs measured, and find where it changed.')
    .addHelpText('after', HELP)
  const sub = (name: string): Command => withFile(new Command(name)).exitOverride()
  command.addCommand(
    sub('add')
      .argument('<run>', 'id or folder of a run, or last')
      .description('Append what a run measured.')
      .addHelpText('after', '\nExample:\n  gauntlet history add last')
      .action((given: string, options: HistoryOptions) => addToHistory(given, options, terminal)),
  )
  command.addCommand(
    sub('show')
      .option('--plan <name>', 'of this plan only')
      .description('Show each objective run by run, and where it changed.')
      .addHelpText('after', '\nExample:\n  gauntlet history show --plan release-gate')
      .action((options: HistoryOptions & { plan?: string }) => showHistory(options, terminal)),
  )
  return command
}

const withFile = (command: Command): Command =>
  withProjectOptions(command).option('--file <path>', 'the history, instead of .gauntlet/history.ndjson')

const HELP = `
A history is one file of one JSON line a run. In CI, where each job begins empty, restore it before the run and keep it
after: a cache or an artifact of the job, or a branch of its own. Lines of two jobs may be put together in any order; of
a run that stands there twice, because it was judged again, the last line counts.

Example:
  gauntlet run release-gate; gauntlet history add last && gauntlet history show`
