/** Every way the `gauntlet` command can end. The highest that holds is given. Node owns 1-14, k6 97-110. */
export const EXIT = {
  met: { code: 0, meaning: 'nothing to object: every required objective met' },
  bug: { code: 1, meaning: 'a bug of ours (uncaught)' },
  refused: { code: 2, meaning: 'refused before anything started: usage, configuration, content, policy' },
  inconclusive: { code: 20, meaning: 'the evidence does not decide every required objective' },
  violated: { code: 21, meaning: 'an objective is violated' },
  stopped: { code: 22, meaning: 'a person stopped the run, or it ended early and no objective is violated' },
  invalid: { code: 23, meaning: 'the run is invalid: its evidence is tainted' },
  machinery: { code: 24, meaning: 'the machinery failed: k6 cannot be had, target never ready, disk full' },
  unproven: { code: 25, meaning: 'a rollback is not proven: someone must look now' },
} as const

export type ExitName = keyof typeof EXIT
export type ExitCode = (typeof EXIT)[ExitName]['code']

/** The exit code that is given when several hold: the highest. */
export function highestExit(...names: ExitName[]): ExitCode {
  return names.map((name): ExitCode => EXIT[name].code).sort((a, b) => b - a)[0] ?? 0
}
