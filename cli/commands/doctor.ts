import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { EXIT } from '../../reports/run/index.ts'
import { examine, inWords } from '../run/show/doctor.ts'
import type { AddCommand } from './add-command.ts'

export const doctorCommand: AddCommand = (terminal, end) =>
  new Command('doctor')
    .option('--json', 'print one JSON document on stdout', false)
    .description(
      'Say what is here, what is missing and how to get it. Exit 24 when something needed is missing.',
    )
    .addHelpText('after', '\nExample:\n  gauntlet doctor')
    .action(async (options: { json: boolean }) => {
      const findings = await examine(terminal.cwd)
      terminal.out(options.json ? jsonDocument({ schema: 'gauntlet/doctor/1', findings }) : inWords(findings))
      if (findings.some((one) => one.state === 'missing')) end(EXIT.machinery.code)
    })
