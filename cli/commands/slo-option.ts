import { type Command, Option } from 'commander'

export interface SloOptions {
  readonly slo: readonly string[]
}

/** Objectives from files instead of from a plan. */
export function withSloOption(command: Command): Command {
  return command.addOption(
    new Option('--slo <file>', 'file with the objectives, OpenSLO v1; may be given several times')
      .argParser((file, before: readonly string[]) => [...before, file])
      .default([], 'none'),
  )
}
