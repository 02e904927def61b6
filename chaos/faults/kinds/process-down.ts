import { isTaken, type ProcessVictim, said, victimWords } from '../../../reports/run/index.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault } from '../fault-kind.ts'
import { holdsWithin } from '../holds-within.ts'
import { onProcesses } from '../on-processes.ts'
import { readyAgain, readyProcess, toldToRun } from '../ready-again.ts'

/** How long the platform may take to end a process that it asks to end. */
const GONE_WITHIN_MS = 15_000
/** Whoever starts it again in spite of what it was told does so soon. */
const STAYS_DOWN_MS = 1_000

/**
 * PodChaos pod-failure: the platform is told to stop the process, and to run it again at the end.
 * Effect: that (pid, start time) is gone, and nobody of its name is ready. Undo: the platform is told to run it.
 */
export const processDown: FaultKind = {
  kind: 'process-down',
  read: ({ kind, spec }) =>
    kind === 'PodChaos' && spec.action === 'pod-failure'
      ? onProcesses(spec, {
          does: 'the platform keeps down',
          undo: 'the platform is told to run it again',
          proof: 'that (pid, start time) is gone and nobody took its place; after the undo it is ready again',
          prepare: async (victim, scene) => ({
            undo: scene.control.runRequest(victim.name, 'running'),
            inject: () => keepDown(victim, scene),
          }),
        })
      : undefined,
}

async function keepDown(victim: ProcessVictim, scene: FaultScene): Promise<InjectedFault> {
  const { control, context } = scene
  const words = victimWords(victim)
  const taken = await control.send(control.runRequest(victim.name, 'stopped'))
  const isDown = async (): Promise<boolean> =>
    !context.exec.isAlive(victim) && (await readyProcess(victim.name, control)) === undefined
  return {
    prove: async (over): Promise<EffectProof> => {
      if (!isTaken(taken))
        return { proof: 'unproven', seen: `the platform did not stop ${words}: ${said(taken)}` }
      if (!(await holdsWithin(GONE_WITHIN_MS, isDown, context.clock)))
        return {
          proof: 'mismatch',
          seen: `${words} not down ${GONE_WITHIN_MS / 1000} s after it was told to`,
        }
      await context.clock.wait(STAYS_DOWN_MS, over).catch(() => {})
      return (await holdsWithin(0, isDown, context.clock))
        ? { proof: 'confirmed', seen: `${words} is gone, and nobody took its place` }
        : { proof: 'mismatch', seen: `${words} did not stay down for ${STAYS_DOWN_MS / 1000} s` }
    },
    undo: () => toldToRun(victim.name, scene),
    goneByOthers: () => readyAgain(victim.name, 0, scene),
    proveGone: () => readyAgain(victim.name, scene.rollbackWithinMs, scene),
  }
}
