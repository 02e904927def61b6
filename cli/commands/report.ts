import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { GauntletError } from '../../reports/run/index.ts'
import { projectRootFor } from '../config/load-config.ts'
import { writeChaosToolkit } from '../run/judge/chaos-toolkit.ts'
import { judgeFolder } from '../run/judge/judge-folder.ts'
import { writeReports } from '../run/judge/reports.ts'
import { findEndedRun } from '../run/record/find-run.ts'
import type { AddCommand } from './add-command.ts'
import { addMembers } from './add-members.ts'
import { withProjectOptions } from './run-options.ts'

interface ReportOptions {
  readonly config?: string
  readonly json: boolean
  readonly chaosToolkit: boolean
  readonly out?: string
}

export const reportCommand: AddCommand = (terminal) =>
  withProjectOptions(new Command('report'))
    .argument('<run>', 'id or folder of a run, or last')
    .option('--chaos-toolkit', "instead a journal of Chaos Toolkit's format for each experiment", false)
    .option('--out <folder>', 'with --chaos-toolkit: where to; report/chaos-toolkit of the run unless given')
    .description('Write the reports of a recorded run again: the page, JUnit and the Markdown summary.')
    .addHelpText('after', HELP)
    .action(async (given: string, options: ReportOptions) => {
      if (options.out !== undefined && !options.chaosToolkit) throw outWithoutFormat()
      const projectRoot = projectRootFor(terminal.cwd, options.config)
      await addMembers(terminal, options.config)
      const folder = await findEndedRun(given, { cwd: terminal.cwd, projectRoot })
      const judged = await judgeFolder(folder)
      const out = resolve(terminal.cwd, options.out ?? join(folder, 'report', 'chaos-toolkit'))
      const files = await (options.chaosToolkit
        ? writeChaosToolkit(judged, out)
        : writeReports(folder, judged))
      terminal.out(options.json ? jsonDocument({ schema: 'gauntlet/reports/1', files }) : files.join('\n'))
    })

const HELP = `
Examples:
  gauntlet report last
  gauntlet report last --chaos-toolkit --out journals`

const outWithoutFormat = () =>
  new GauntletError('USAGE', '--out goes with --chaos-toolkit: other reports are written into the run', {
    hint: 'gauntlet report --help',
  })
