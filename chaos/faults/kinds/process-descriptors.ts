import { GauntletError, type ProcessVictim, type Undo, victimWords } from '../../../reports/run/index.ts'
import { openFilesLimit, prlimitArgs } from '../../drivers/local/descriptors/index.ts'
import { lacking } from '../../model/machine.ts'
import type { FaultOf } from '../../model/manifests/index.ts'
import type {
  EffectProof,
  Fault,
  FaultKind,
  FaultScene,
  InjectedFault,
  PreparedFault,
  UndoProof,
} from '../fault-kind.ts'
import { holdsWithin } from '../holds-within.ts'
import { onProcesses } from '../on-processes.ts'

type Spec = FaultOf<'ProcessChaos'>['spec']

const SET_WITHIN_MS = 5_000

/**
 * ProcessChaos descriptors: a process may have only so many files open, sockets among them; beyond that it gets EMFILE.
 * Effect: the kernel tells that limit. Undo: the soft limit of before.
 */
export const processDescriptors: FaultKind = {
  kind: 'process-descriptors',
  read: ({ kind, spec }) =>
    kind === 'ProcessChaos' && spec.action === 'descriptors' && spec.descriptors !== undefined
      ? descriptorsFault(spec, spec.descriptors.limit)
      : undefined,
}

function descriptorsFault(spec: Spec, limit: number): Fault {
  const fault = onProcesses(spec, {
    does: `lets have at most ${limit} files open`,
    undo: 'the soft limit of before',
    proof: 'the kernel tells the limit of (pid, start time), and after the undo the one of before',
    prepare: (victim, scene) => prepare(victim, limit, scene),
  })
  const whyNot: Fault['whyNot'] = (target, machine) => {
    const refused = fault.whyNot(target, machine)
    const lack = lacking('prlimit', machine)
    if (refused !== undefined || lack === undefined) return refused
    return {
      why: `limits of processes cannot be set here: ${lack}`,
      hint: 'possible on Linux with prlimit (util-linux)',
    }
  }
  return { ...fault, whyNot }
}

async function prepare(victim: ProcessVictim, limit: number, scene: FaultScene): Promise<PreparedFault> {
  const { id, claims } = scene
  const words = victimWords(victim)
  const softLimit = openFilesLimit(victim.pid)
  if (softLimit === undefined)
    throw new GauntletError('NO_TARGETS', `the kernel tells no limits of ${words}: it is gone`)
  claims.take(`the limit on open files of ${words}`, id)
  const does = `let ${words} have ${softLimit} files open`
  const undo = { kind: 'descriptors', victim, softLimit, does } as const
  return {
    undo,
    inject: async () => {
      const isLower = softLimit === 'unlimited' || limit < softLimit
      const refused = isLower
        ? await lower(victim, limit, scene)
        : `${words} may have only ${softLimit} files open, not more than ${limit}, already`
      return lowered({ victim, limit, softLimit, undo, refused }, scene)
    },
  }
}

/** Why it was not done, in words. */
async function lower(
  victim: ProcessVictim,
  limit: number,
  { context: { exec } }: FaultScene,
): Promise<string | undefined> {
  if (!exec.isAlive(victim)) return `${victimWords(victim)} is gone, or its pid another's`
  const args = prlimitArgs(victim.pid, limit)
  const { exitCode, failedToStart, stderr } = await exec.run({
    file: 'prlimit',
    args,
    timeoutMs: SET_WITHIN_MS,
  })
  return exitCode === 0 ? undefined : (failedToStart ?? `prlimit: ${stderr.trim()}`)
}

interface Lowered {
  readonly victim: ProcessVictim
  readonly limit: number
  readonly softLimit: number | 'unlimited'
  readonly undo: Undo
  readonly refused: string | undefined
}

function lowered({ victim, limit, softLimit, undo, refused }: Lowered, scene: FaultScene): InjectedFault {
  const { claims, context, takeBack, rollbackWithinMs } = scene
  const { exec, clock } = context
  const words = victimWords(victim)
  const now = () => (exec.isAlive(victim) ? openFilesLimit(victim.pid) : undefined)
  const seen = (): string => {
    const told = now()
    return told === undefined ? `${words} is gone` : `${words} may have ${told} files open`
  }
  const asBeforeWithin = async (limitMs: number): Promise<UndoProof> => {
    const isAsBefore = async (): Promise<boolean> => [softLimit, undefined].includes(now())
    const normal = await holdsWithin(limitMs, isAsBefore, clock)
    if (normal) claims.release(`the limit on open files of ${words}`)
    return { normal, seen: seen() }
  }
  return {
    prove: async (): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      return { proof: now() === limit ? 'confirmed' : 'mismatch', seen: `${seen()} (${limit} wanted)` }
    },
    undo: async () =>
      refused === undefined ? ((await takeBack(undo)) ?? 'its limit was set as before') : 'nothing to do',
    goneByOthers: () => asBeforeWithin(0),
    proveGone: () => asBeforeWithin(rollbackWithinMs),
  }
}
