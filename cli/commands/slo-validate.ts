import { Command } from 'commander'
import { jsonDocument } from '../../reports/render/index.ts'
import { EXIT } from '../../reports/run/index.ts'
import { refuseMistakes, validateSlo } from '../run/show/slo-validate.ts'
import { validationInWords } from '../run/show/slo-words.ts'
import type { AddCommand } from './add-command.ts'
import { withProjectOptions } from './run-options.ts'

export const sloValidateCommand: AddCommand = (terminal, end) =>
  withProjectOptions(new Command('validate'))
    .argument('<files...>', 'OpenSLO files, or folders with such files')
    .description('Check OpenSLO v1 documents of every kind, and the names by which they know each other.')
    .addHelpText('after', '\nExample:\n  gauntlet slo validate slo/catalog team.slo.yaml')
    .action(async (files: readonly string[], options: { config?: string; json: boolean }) => {
      const validation = await validateSlo(files, { cwd: terminal.cwd, config: options.config })
      if (options.json) {
        terminal.out(jsonDocument(validation))
        if (validation.files.some(({ mistakes }) => mistakes.length > 0)) end(EXIT.refused.code)
        return
      }
      terminal.out(validationInWords(validation))
      refuseMistakes(validation)
    })
