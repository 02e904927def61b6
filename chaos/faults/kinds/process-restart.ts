import { isTaken, type ProcessVictim, said, victimWords } from '../../../reports/run/index.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault } from '../fault-kind.ts'
import { holdsWithin } from '../holds-within.ts'
import { onProcesses } from '../on-processes.ts'
import { readyAgain, toldToRun } from '../ready-again.ts'

/** How long the platform may take to end a process that it asks to end. */
const GONE_WITHIN_MS = 15_000

/**
 * ProcessChaos restart, once: the platform is told to stop the process in good order, and at once to run it again.
 * Effect: that (pid, start time) is gone. Undo: the platform is told to run it.
 */
export const processRestart: FaultKind = {
  kind: 'process-restart',
  read: ({ kind, spec }) =>
    kind === 'ProcessChaos' && spec.action === 'restart'
      ? onProcesses(spec, {
          does: 'the platform restarts',
          undo: 'the platform is told to run it',
          proof: 'that (pid, start time) is gone; after the undo another one is ready',
          prepare: async (victim, scene) => ({
            undo: scene.control.runRequest(victim.name, 'running'),
            inject: () => restart(victim, scene),
          }),
        })
      : undefined,
}

async function restart(victim: ProcessVictim, scene: FaultScene): Promise<InjectedFault> {
  const { control, context } = scene
  const words = victimWords(victim)
  const ask = (desired: 'stopped' | 'running') => control.send(control.runRequest(victim.name, desired))
  const stopped = await ask('stopped')
  const isGone = await holdsWithin(
    isTaken(stopped) ? GONE_WITHIN_MS : 0,
    async () => !context.exec.isAlive(victim),
    context.clock,
  )
  const started = await ask('running')
  return {
    prove: async (): Promise<EffectProof> => {
      if (!isTaken(stopped))
        return { proof: 'unproven', seen: `the platform did not stop ${words}: ${said(stopped)}` }
      return isGone
        ? { proof: 'confirmed', seen: `${words} gone` }
        : { proof: 'mismatch', seen: `${words} alive ${GONE_WITHIN_MS / 1000} s after it was told to end` }
    },
    undo: async () =>
      isTaken(started) ? 'the platform was told to run it before' : toldToRun(victim.name, scene),
    goneByOthers: () => readyAgain(victim.name, 0, scene),
    proveGone: () => readyAgain(victim.name, scene.rollbackWithinMs, scene),
  }
}
