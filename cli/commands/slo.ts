import { Command } from 'commander'
import type { AddCommand } from './add-command.ts'
import { sloBudgetCommand } from './slo-budget.ts'
import { sloValidateCommand } from './slo-validate.ts'

const COMMANDS: readonly AddCommand[] = [sloValidateCommand, sloBudgetCommand]

export const sloCommand: AddCommand = (terminal, end) => {
  const slo = new Command('slo').description('Objectives: what is promised, in OpenSLO v1.')
  for (const add of COMMANDS) slo.addCommand(add(terminal, end))
  return slo
}
