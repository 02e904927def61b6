import type { Control, ProcessIdentity, Target } from '../../../reports/run/index.ts'
import { commandLine, isAlive, isStopped } from '../../process/identity.ts'
import { markedProcesses } from '../../process/marks.ts'

export interface Places {
  readonly control: Control
  /** every process of the target that was ever seen */
  readonly seen: Map<number, ProcessIdentity & { readonly name: string }>
  /** the target's own process */
  readonly target: ProcessIdentity
}

/** What of a fault is still there, in words. Of a target that stands still nothing can be said. */
export async function faultsLeft({ control, seen, target }: Places): Promise<string[]> {
  if (isStopped(target)) return []
  const description = isAlive(target) ? await control.describe().catch(() => undefined) : undefined
  if (description !== undefined) note(description, seen)
  const stopped = [...seen.values()].filter((one) => isStopped(one)).map(({ name }) => `${name} is stopped`)
  return [...stopped, ...(description === undefined ? orphans(target, seen) : ofTarget(description))]
}

/** What of a run is still there, in words; undefined: it did not even begin. */
export function processesLeft(runId: string | undefined): string[] {
  const ours = runId === undefined ? [] : markedProcesses(runId)
  return ours.map(({ pid }) => `process ${pid} of the run (${commandLine(pid)})`)
}

export function note({ processes }: Target, seen: Places['seen']): void {
  for (const { name, pid, startedAt } of processes)
    if (pid !== undefined && startedAt !== undefined && name !== 'ghost')
      seen.set(pid, { name, pid, startedAt })
}

const ofTarget = ({ links, processes }: Target): string[] => [
  ...links
    .filter(({ listen, upstream }) => listen !== upstream)
    .map(({ name }) => `${name} does not go straight`),
  ...processes
    .filter(({ name, state }) => name !== 'ghost' && state !== 'ready')
    .map(({ name, state }) => `${name} is ${state}`),
]

/** Of a target that is gone nothing may live on. */
const orphans = (target: ProcessIdentity, seen: Places['seen']): string[] =>
  isAlive(target)
    ? ['the target does not answer']
    : [...seen.values()].filter((one) => isAlive(one)).map(({ name }) => `${name} outlived its target`)
