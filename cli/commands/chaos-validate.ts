import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { EXIT } from '../../reports/run/index.ts'
import { refuseChaosMistakes, validateChaos } from '../run/show/chaos-validate.ts'
import { chaosValidationInWords } from '../run/show/chaos-validate-words.ts'
import type { AddCommand } from './add-command.ts'
import { addMembers } from './add-members.ts'

export const chaosValidateCommand: AddCommand = (terminal, end) =>
  new Command('validate')
    .argument('<files...>', 'files of experiments, or of manifests of Chaos Mesh and of ours')
    .description('Check experiments and manifests, and say what of them cannot be done on one machine.')
    .option('--json', 'print one JSON document on stdout', false)
    .addHelpText('after', '\nExample:\n  gauntlet chaos validate chaos/catalog/*.experiment.yaml delay.yaml')
    .action(async (files: readonly string[], { json }: { json: boolean }) => {
      await addMembers(terminal)
      const validation = await validateChaos(files, terminal.cwd)
      if (json) {
        terminal.out(jsonDocument(validation))
        if (validation.files.some(({ mistakes }) => mistakes.length > 0)) end(EXIT.refused.code)
        return
      }
      terminal.out(chaosValidationInWords(validation))
      refuseChaosMistakes(validation)
    })
