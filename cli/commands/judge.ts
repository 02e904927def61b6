import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { GauntletError } from '../../reports/run/index.ts'
import { projectRootFor } from '../config/load-config.ts'
import { readSlos } from '../run/draft/judge-objectives.ts'
import { judgeResults } from '../run/judge/foreign.ts'
import { judgeAgain, refuseInto, showJudgement } from '../run/judge/judge-again.ts'
import { judgeFolder, keepVerdict } from '../run/judge/judge-folder.ts'
import { findEndedRun } from '../run/record/find-run.ts'
import { showVerdict } from '../run/show/show-run.ts'
import type { AddCommand } from './add-command.ts'
import { addMembers } from './add-members.ts'
import { withProjectOptions } from './run-options.ts'
import { type SloOptions, withSloOption } from './slo-option.ts'

interface JudgeOptions extends SloOptions {
  readonly config?: string
  readonly json: boolean
  readonly out?: string
}

export const judgeCommand: AddCommand = (terminal, end) =>
  withSloOption(withProjectOptions(new Command('judge')))
    .argument('<run>', 'id or folder of a run, or last; or a results file of k6 (CSV, JSON) or JMeter (JTL)')
    .option('--out <file>', 'with --slo: also write the verdict there, as run writes verdict.json')
    .description('Judge a recorded run again, without running anything; writes verdict.json and report/.')
    .addHelpText('after', HELP)
    .action(async (given: string, options: JudgeOptions) => {
      const path = resolve(terminal.cwd, given)
      const found = statSync(path, { throwIfNoEntry: false })
      if (found === undefined && isPath(given)) throw nothingThere(given)
      // a pipe too: judge <(zcat results.csv.gz)
      const isFile = found !== undefined && !found.isDirectory()
      const asked = isFile || options.slo.length > 0
      if (!asked && options.out !== undefined) throw outWithoutSlo()
      const projectRoot = projectRootFor(terminal.cwd, options.config)
      await addMembers(terminal, options.config)
      const folder = isFile ? path : await findEndedRun(given, { cwd: terminal.cwd, projectRoot })
      if (asked) {
        // a pipe has no place that could be written into
        if (!isFile || found.isFile()) refuseInto(folder, options.out, terminal.cwd)
        const slos = await readSlos(options.slo, terminal.cwd)
        const judgement = await (isFile ? judgeResults : judgeAgain)(folder, slos)
        await showJudgement(judgement, options, terminal)
        end(judgement.verdict.exitCode)
        return
      }
      const judged = await judgeFolder(folder)
      await keepVerdict(folder, judged)
      showVerdict({ folder, judged }, options, terminal)
      end(judged.verdict.exitCode)
    })

const HELP = `
With --slo a run is asked about other objectives, over all of its judged phases; its folder stays as it is.
A results file has no objectives of its own, so it needs --slo.

Examples:
  gauntlet judge 20261121-014530-k3f9
  gauntlet judge last --slo stricter.slo.yaml --out stricter.json
  gauntlet judge results.jtl --slo checkout.slo.yaml`

/** Ids of runs have neither. */
const isPath = (given: string): boolean => /[./\\]/.test(given)

const nothingThere = (given: string) =>
  new GauntletError('NO_RUN', `there is no file and no run "${given}"`, {
    hint: 'a results file, the folder of a run, or its id: gauntlet judge --help',
  })

const outWithoutSlo = () =>
  new GauntletError('USAGE', '--out goes with --slo: without it the verdict is written into the run', {
    hint: 'gauntlet judge --help',
  })
