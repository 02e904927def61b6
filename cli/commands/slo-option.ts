import type { Command } from 'commander'

export interface SloOptions {
  readonly slo: readonly string[]
}

/** Objectives from files instead of from a plan. */
export function withSloOption(command: Command): Command {
  return command.option(
    '--slo <file>',
    'file with the objectives, OpenSLO v1; may be given several times',
    (file: string, before: readonly string[]) => [...before, file],
    [],
  )
}
