import type { Target, TargetProcess, Victim } from '../../reports/run/index.ts'
import { said } from '../../reports/run/index.ts'
import { radiusInWords } from '../model/blast-radius.ts'
import type { EffectProof, FaultKind, FaultScene, InjectedFault, UndoProof } from './fault-kind.ts'

/** How long the kernel may take to end a killed process. */
const GONE_WITHIN_MS = 5_000
/** How long the platform may take to replace the process before it is told to. */
const REPLACED_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 50

/**
 * SIGKILL, once. The platform restarts the process: that is what is tested.
 * Effect: that (pid, start time) is gone. Undo: a ready replacement, else the platform is told to run one.
 */
export const processKill: FaultKind = {
  kind: 'process-kill',
  manifest: { kind: 'PodChaos', action: 'pod-kill' },
  describe: (radius) => ({
    does: `process-kill, ${radiusInWords(radius)}`,
    undo: 'a ready replacement, else the platform is told to start the process',
    proof: 'the killed (pid, start time) is gone; after the undo a replacement is ready',
  }),
  wayBack: ([victim], control) => control.runRequest(victim?.name ?? ''),
  inject: async (scene) => killAll(scene),
}

async function killAll({ victims, control, context, rollbackWithinMs }: FaultScene): Promise<InjectedFault> {
  const sent = victims.map((victim) => context.exec.signal({ ...victim, signal: 'SIGKILL' }))
  const missed = victims.filter((_, n) => !sent[n])
  // Only what was hit is to be brought back: a process that was spared may go on as it is.
  const hit = victims.filter((_, n) => sent[n])
  let replacements: TargetProcess[] = []
  const allReplaced = async (): Promise<boolean> => {
    const { processes } = await control.describe()
    replacements = hit.flatMap((victim) => replacementOf(victim, processes) ?? [])
    return replacements.length === hit.length
  }
  const allGone = async (): Promise<boolean> => victims.every((one) => !context.exec.isAlive(one))
  return {
    prove: async (): Promise<EffectProof> => {
      if (missed.length > 0)
        return {
          proof: 'unproven',
          seen: `nothing was sent to ${names(missed)}: the start time is another's`,
        }
      return (await holdsWithin(GONE_WITHIN_MS, allGone, context.clock))
        ? { proof: 'confirmed', seen: `${names(victims)} gone` }
        : { proof: 'mismatch', seen: `${names(victims)} alive ${GONE_WITHIN_MS / 1000} s after SIGKILL` }
    },
    undo: async (): Promise<string> => {
      if (hit.length === 0) return 'nothing to do'
      if (await holdsWithin(REPLACED_WITHIN_MS, allReplaced, context.clock)) return 'the platform replaced it'
      const replies = await Promise.all(hit.map((one) => control.send(control.runRequest(one.name))))
      return `the platform was told to start it: ${replies.map(said).join('; ')}`
    },
    proveGone: async (): Promise<UndoProof> => {
      if (hit.length === 0) return { normal: true, seen: 'no process was hit' }
      const normal = await holdsWithin(rollbackWithinMs, allReplaced, context.clock)
      return normal
        ? { normal, seen: `${replacements.length} alive and ready: ${names(replacements)}` }
        : { normal, seen: `no ready replacement of ${names(hit)} within ${rollbackWithinMs / 1000} s` }
    },
  }
}

function replacementOf(victim: Victim, processes: Target['processes']): TargetProcess | undefined {
  return processes.find(
    (one) =>
      one.name === victim.name &&
      isReady(one) &&
      (one.pid !== victim.pid || one.startedAt !== victim.startedAt),
  )
}

/** A target that tells no state has nothing better to say than that the process is there. */
function isReady({ state, pid }: TargetProcess): boolean {
  return state === undefined ? pid !== undefined : state === 'ready'
}

function names(processes: readonly { readonly name: string; readonly pid?: number }[]): string {
  return processes.map(({ name, pid }) => `${name} (pid ${pid})`).join(', ')
}

async function holdsWithin(
  limitMs: number,
  check: () => Promise<boolean>,
  clock: FaultScene['context']['clock'],
): Promise<boolean> {
  const endUs = clock.nowUs() + limitMs * 1000
  for (;;) {
    if (await check().catch(() => false)) return true
    if (clock.nowUs() >= endUs) return false
    await clock.wait(LOOK_EVERY_MS)
  }
}
