import { radiusInWords } from '../model/blast-radius.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault, UndoProof } from './fault-kind.ts'
import { holdsWithin } from './holds-within.ts'
import { named } from './named.ts'

/** How long the kernel may take to stop a process in all its threads. */
const STOPPED_WITHIN_MS = 5_000

/**
 * SIGSTOP: the process is there and does nothing; connections to it stay open, and new ones wait in its backlog.
 * Effect: the kernel tells that (pid, start time) is stopped. Undo: SIGCONT to the same.
 */
export const processPause: FaultKind = {
  kind: 'process-pause',
  manifest: { kind: 'ProcessChaos', action: 'pause' },
  describe: (radius) => ({
    does: `process-pause, ${radiusInWords(radius)}`,
    undo: 'the process is told to go on',
    proof: 'the kernel tells that the process is stopped; after the undo that it is not',
  }),
  wayBack: (victim) => ({
    ...{ kind: 'signal', victim, signal: 'SIGCONT', does: `let ${named(victim)} go on` },
  }),
  inject: async (scene) => pause(scene),
}

function pause({ victim, context, rollbackWithinMs, takeBack }: FaultScene): InjectedFault {
  const { exec, clock } = context
  const isHit = exec.signal({ ...victim, signal: 'SIGSTOP' })
  const isStopped = async (): Promise<boolean> => exec.isStopped(victim)
  const goesOn = async (): Promise<boolean> => !exec.isStopped(victim)
  return {
    prove: async (): Promise<EffectProof> => {
      if (!isHit)
        return {
          proof: 'unproven',
          seen: `nothing was sent to ${named(victim)}: it is gone, or its pid another's`,
        }
      return (await holdsWithin(STOPPED_WITHIN_MS, isStopped, clock))
        ? { proof: 'confirmed', seen: `${named(victim)} is stopped` }
        : {
            proof: 'mismatch',
            seen: `${named(victim)} is not stopped ${STOPPED_WITHIN_MS / 1000} s after SIGSTOP`,
          }
    },
    undo: async () => (isHit ? ((await takeBack()) ?? 'it was told to go on') : 'nothing to do'),
    proveGone: async (): Promise<UndoProof> => {
      const normal = await holdsWithin(rollbackWithinMs, goesOn, clock)
      const isThere = exec.isAlive(victim)
      const after = isThere ? 'goes on' : 'is gone'
      return { normal, seen: `${named(victim)} ${normal ? after : 'is still stopped'}` }
    },
  }
}
