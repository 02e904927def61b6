import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { writeProject } from '../init/init.ts'
import type { AddCommand } from './add-command.ts'

const ADDRESS = 'http://127.0.0.1:8080'

export const initCommand: AddCommand = (terminal) =>
  new Command('init')
    .argument('[address]', 'of the site to test', ADDRESS)
    .option('--json', 'print one JSON document on stdout', false)
    .description(
      'Write a project into this folder: config, scenario, experiment, objectives and a plan of one minute.',
    )
    .addHelpText(
      'after',
      `\nExample:\n  gauntlet init ${ADDRESS}\n  gauntlet plan first\n  gauntlet run first`,
    )
    .action(async (address: string, { json }: { readonly json: boolean }) => {
      const { files, breaks } = await writeProject(terminal.cwd, address)
      terminal.out(
        json
          ? jsonDocument({ schema: 'gauntlet/project/1', address, files })
          : [...files.map((name) => `wrote ${name}`), '', ...nextSteps(breaks)].join('\n'),
      )
    })

const nextSteps = (breaks: boolean): string[] => [
  `gauntlet plan first   what it would do: about a minute of 20 visits a second${breaks ? ', and one fault' : ''}`,
  'gauntlet run first    does it, and says whether the site keeps its promises',
  'The promises stand in perf/visit.slo.yaml, the load in perf/visit.scenario.yaml: change them, and run again.',
  ...(breaks ? [] : ['It is not on this machine: load only what you may load.']),
]
