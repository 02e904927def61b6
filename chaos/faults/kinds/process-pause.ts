import { type ProcessVictim, type Undo, victimWords } from '../../../reports/run/index.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault, UndoProof } from '../fault-kind.ts'
import { holdsWithin } from '../holds-within.ts'
import { onProcesses } from '../on-processes.ts'

/** How long the kernel may take to stop a process in all its threads. */
const STOPPED_WITHIN_MS = 5_000

/**
 * SIGSTOP: the process is there and does nothing; connections to it stay open, and new ones wait in its backlog.
 * Effect: the kernel tells that (pid, start time) is stopped. Undo: SIGCONT to the same.
 */
export const processPause: FaultKind = {
  kind: 'process-pause',
  read: (manifest) =>
    manifest.kind === 'ProcessChaos' && manifest.spec.action === 'pause'
      ? onProcesses(manifest.spec, {
          does: 'SIGSTOP to',
          undo: 'SIGCONT to the same (pid, start time)',
          proof: 'the kernel tells that the process is stopped; after the undo that it is not',
          stays: true,
          prepare: async (victim, scene) => {
            const undo = goOn(victim)
            return { undo, inject: async () => pause(victim, undo, scene) }
          },
        })
      : undefined,
}

const goOn = (victim: ProcessVictim): Undo => ({
  ...{ kind: 'signal', victim, signal: 'SIGCONT', does: `let ${victimWords(victim)} go on` },
})

function pause(
  victim: ProcessVictim,
  undo: Undo,
  { context: { exec, clock }, rollbackWithinMs, takeBack }: FaultScene,
): InjectedFault {
  const isHit = exec.signal({ ...victim, signal: 'SIGSTOP' })
  const words = victimWords(victim)
  const isStopped = async (): Promise<boolean> => exec.isStopped(victim)
  const goesOn = async (): Promise<boolean> => !exec.isStopped(victim)
  const goesOnWithin = async (limitMs: number): Promise<UndoProof> => {
    const normal = await holdsWithin(limitMs, goesOn, clock)
    const after = exec.isAlive(victim) ? 'goes on' : 'is gone'
    return { normal, seen: `${words} ${normal ? after : 'is still stopped'}` }
  }
  return {
    prove: async (): Promise<EffectProof> => {
      if (!isHit)
        return { proof: 'unproven', seen: `nothing was sent to ${words}: it is gone, or its pid another's` }
      return (await holdsWithin(STOPPED_WITHIN_MS, isStopped, clock))
        ? { proof: 'confirmed', seen: `${words} is stopped` }
        : { proof: 'mismatch', seen: `${words} is not stopped ${STOPPED_WITHIN_MS / 1000} s after SIGSTOP` }
    },
    undo: async () => (isHit ? ((await takeBack(undo)) ?? 'it was told to go on') : 'nothing to do'),
    goneByOthers: () => goesOnWithin(0),
    proveGone: () => goesOnWithin(rollbackWithinMs),
  }
}
