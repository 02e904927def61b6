import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { GauntletError } from '../../reports/run/index.ts'
import { loadProject } from '../config/load-config.ts'
import { attendRun } from '../run/attend.ts'
import { isScript, scriptEnvironment, scriptProject } from '../run/draft/script.ts'
import type { RunOptions } from '../run/request.ts'
import type { AddCommand } from './add-command.ts'
import { withRunOptions } from './run-options.ts'
import { type SloOptions, withSloOption } from './slo-option.ts'

interface RunCommandOptions extends RunOptions, SloOptions {
  readonly env: Readonly<Record<string, string>>
}

export const runCommand: AddCommand = (terminal, end) =>
  withSloOption(withRunOptions(new Command('run')))
    .argument('<plan>', 'name of a plan; gauntlet list shows them. Or a k6 script of your own, with --slo')
    .addOption(
      new Option('-e, --env <NAME=VALUE>', 'variable for a script, as for k6; may be given several times')
        .argParser(variable)
        .default({}, 'none'),
    )
    .description('Run a plan, load, faults and audits, or a k6 script as it is; then one verdict.')
    .addHelpText('after', HELP)
    .action(async (given: string, options: RunCommandOptions) => {
      const { cwd } = terminal
      if (isScript(given, cwd)) {
        const environment = scriptEnvironment(options.env)
        const script = { path: resolve(cwd, given), slos: options.slo, cwd, environment }
        const project = scriptProject(cwd, options.config)
        end(await attendRun({ ...options, plan: given, project, script }, terminal))
        return
      }
      if (options.slo.length > 0 || Object.keys(options.env).length > 0) throw onlyForScripts(given)
      const project = await loadProject(cwd, options.config)
      end(await attendRun({ ...options, plan: given, project }, terminal))
    })

const HELP = `
A script runs with its own options (scenarios, stages; thresholds only end it early), and needs no config.

Examples:
  gauntlet run release-gate --json > verdict.json
  gauntlet run checkout.js --slo checkout.slo.yaml -e BASE=http://127.0.0.1:8080`

function variable(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('NAME=VALUE is expected.')
  return { ...before, [name]: value }
}

const onlyForScripts = (given: string) =>
  new GauntletError(
    'USAGE',
    `--slo and --env are for scripts; "${given}" is the name of a plan, which has its own`,
    {
      hint: 'a script ends in .js or .ts, or is a file that is there',
    },
  )
