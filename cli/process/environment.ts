import type { Command } from '../../reports/run/index.ts'

/** The name that marks every process of a run, and its children after it. */
export const RUN_MARK = 'GAUNTLET_RUN'

export type Environment = Record<string, string>

/** What a program sees: ours or three names of it, the command's own, and always the mark. */
export function environmentOf(command: Command, runId: string): Environment {
  const { PATH, HOME, TMPDIR } = process.env
  const base = command.inheritEnvironment === false ? { PATH, HOME, TMPDIR } : process.env
  const named = Object.entries({ ...base, ...command.environment, [RUN_MARK]: runId })
  return Object.fromEntries(named.filter((one): one is [string, string] => one[1] !== undefined))
}
