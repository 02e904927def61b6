import {
  type ProcessVictim,
  type Target,
  type TargetProcess,
  victimWords,
} from '../../../reports/run/index.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault, UndoProof } from '../fault-kind.ts'
import { holdsWithin, inTime } from '../holds-within.ts'
import { onProcesses } from '../on-processes.ts'
import { isReady, toldToRun } from '../ready-again.ts'

/** How long the kernel may take to clear away a process with much memory. */
const GONE_WITHIN_MS = 5_000
/** How long the platform may take to replace it by itself before it is told to. */
const REPLACED_WITHIN_MS = 10_000

/**
 * SIGKILL, once. The platform restarts the process: that is what is tested.
 * Effect: that (pid, start time) is gone. Undo: a ready replacement, else the platform is told to run one.
 */
export const processKill: FaultKind = {
  kind: 'process-kill',
  read: (manifest) =>
    manifest.kind === 'PodChaos' && manifest.spec.action === 'pod-kill'
      ? onProcesses(manifest.spec, {
          does: 'SIGKILL to',
          undo: 'a ready replacement, else the platform is told to start the process',
          proof: 'the killed (pid, start time) is gone; after the undo a replacement is ready',
          prepare: async (victim, scene) => ({
            undo: scene.control.runRequest(victim.name, 'running'),
            inject: async () => kill(victim, scene),
          }),
        })
      : undefined,
}

function kill(victim: ProcessVictim, scene: FaultScene): InjectedFault {
  const { control, context, rollbackWithinMs } = scene
  const isHit = context.exec.signal({ ...victim, signal: 'SIGKILL' })
  const words = victimWords(victim)
  let replacement: TargetProcess | undefined
  const isReplaced = async (): Promise<boolean> => {
    const { processes } = await control.describe()
    replacement = replacementOf(victim, processes)
    return replacement !== undefined
  }
  const isGone = async (): Promise<boolean> => !context.exec.isAlive(victim)
  const replacedWithin = async (limitMs: number): Promise<UndoProof> => {
    if (!isHit) return { normal: true, seen: 'no process was hit' }
    if (context.exec.isAlive(victim)) return { normal: true, seen: `${words} is alive as before` }
    const normal = await holdsWithin(limitMs, isReplaced, context.clock)
    return normal && replacement
      ? { normal, seen: `1 alive and ready: ${replacement.name} (pid ${replacement.pid})` }
      : { normal, seen: `no ready replacement of ${words} ${inTime(limitMs)}` }
  }
  return {
    prove: async (): Promise<EffectProof> => {
      if (!isHit)
        return { proof: 'unproven', seen: `nothing was sent to ${words}: the start time is another's` }
      return (await holdsWithin(GONE_WITHIN_MS, isGone, context.clock))
        ? { proof: 'confirmed', seen: `${words} gone` }
        : { proof: 'mismatch', seen: `${words} alive ${GONE_WITHIN_MS / 1000} s after SIGKILL` }
    },
    // What was spared may go on as it is: nothing is brought back.
    undo: async (): Promise<string> => {
      if (!isHit || context.exec.isAlive(victim)) return 'nothing to do'
      if (await holdsWithin(REPLACED_WITHIN_MS, isReplaced, context.clock)) return 'the platform replaced it'
      return toldToRun(victim.name, scene)
    },
    goneByOthers: () => replacedWithin(0),
    proveGone: () => replacedWithin(rollbackWithinMs),
  }
}

function replacementOf(victim: ProcessVictim, processes: Target['processes']): TargetProcess | undefined {
  return processes.find(
    (one) =>
      one.name === victim.name &&
      isReady(one) &&
      (one.pid !== victim.pid || one.startedAt !== victim.startedAt),
  )
}
