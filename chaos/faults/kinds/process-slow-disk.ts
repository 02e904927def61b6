import {
  type Clock,
  GauntletError,
  nearestHint,
  type ProcessVictim,
  type Target,
  type Undo,
  victimWords,
} from '../../../reports/run/index.ts'
import {
  diskSeen,
  isStillSlow,
  lookHere,
  planSlowDisk,
  type SlowDiskPlan,
  slowDown,
  undoOf,
} from '../../drivers/local/slow-disk/index.ts'
import { lacking, type Machine } from '../../model/machine.ts'
import { type FaultOf, sizeBytes } from '../../model/manifests/index.ts'
import type {
  EffectProof,
  Fault,
  FaultKind,
  FaultScene,
  InjectedFault,
  PreparedFault,
  Refusal,
  UndoProof,
} from '../fault-kind.ts'
import { firstWithin } from '../first-within.ts'
import { holdsWithin } from '../holds-within.ts'
import { namedFolder } from '../named-folder.ts'
import { onProcesses } from '../on-processes.ts'

type Spec = FaultOf<'ProcessChaos'>['spec']
type SlowDisk = NonNullable<Spec['slowDisk']>

/** The kernel lets a first burst through, and counts in slices: of a second of bytes so many more may pass. */
const TOLERANCE_RATIO = 0.25
const BETWEEN_LOOKS_MS = 1_000

/**
 * ProcessChaos slow-disk: the kernel lets a process, and what it has started, read or write only so much a second.
 * Effect: it is held so, and what goes to the disk is no more. Undo: the limit is off, and the group that was made for it.
 */
export const processSlowDisk: FaultKind = {
  kind: 'process-slow-disk',
  read: ({ kind, spec }) =>
    kind === 'ProcessChaos' && spec.action === 'slow-disk' && spec.slowDisk !== undefined
      ? slowDiskFault(spec, spec.slowDisk)
      : undefined,
}

function slowDiskFault(spec: Spec, slowDisk: SlowDisk): Fault {
  const { read, write } = slowDisk
  const rates = [...(read ? [`${read} read`] : []), ...(write ? [`${write} written`] : [])]
  const fault = onProcesses(spec, {
    does: `slows to ${rates.join(' and ')} a second the disk of`,
    undo: 'the limit is off, and the group that was made for it is gone',
    proof: 'the kernel holds the process to it and counts no more; after the undo no limit holds it',
    prepare: (victim, scene) => prepare(victim, slowDisk, scene),
  })
  const whyNot: Fault['whyNot'] = (target, machine) =>
    fault.whyNot(target, machine) ?? whyNoLog(slowDisk, target) ?? whyNotHere(machine)
  return { ...fault, whyNot }
}

function whyNoLog(slowDisk: SlowDisk, target: Target): Refusal | undefined {
  if (namedFolder(slowDisk, target) !== undefined) return undefined
  const { log = '' } = slowDisk
  const known = target.logs.map(({ name }) => name)
  return { why: `${target.name} has no log ${log}`, hint: nearestHint(log, known) }
}

function whyNotHere(machine: Machine): Refusal | undefined {
  const lack = lacking('slow-disk', machine)
  return lack === undefined
    ? undefined
    : {
        why: `no disk can be slowed here: ${lack}`,
        hint: 'possible as root on Linux, by blkio of cgroups v1 or the io controller of v2',
      }
}

async function prepare(victim: ProcessVictim, slowDisk: SlowDisk, scene: FaultScene): Promise<PreparedFault> {
  const { id, control, claims, context } = scene
  const words = victimWords(victim)
  const folder = namedFolder(slowDisk, await control.describe()) ?? '/'
  const plan = planSlowDisk({ pid: victim.pid, folder, runId: context.runId, ...ratesOf(slowDisk) }, lookHere)
  if (!plan.possible)
    throw new GauntletError('SLOW_DISK', `the disk of ${words} cannot be slowed: ${plan.reason}`, {
      hint: 'name a folder on a disk of its own, and give the process a group of its own',
      exit: 'machinery',
    })
  claims.take(`the disk of ${words}`, id)
  const undo = {
    kind: 'disk',
    ...undoOf(plan),
    does: `let the disk of ${words} be as fast as before`,
  } as const
  return {
    undo,
    inject: async () =>
      slowed({ victim, words, plan, undo, refused: await slow(victim, plan, scene) }, scene),
  }
}

function ratesOf({ read, write }: SlowDisk) {
  return {
    ...(read && { readBytesPerSecond: sizeBytes(read) ?? 0 }),
    ...(write && { writeBytesPerSecond: sizeBytes(write) ?? 0 }),
  }
}

/** Why nothing, or not all, was done, in words. */
async function slow(
  victim: ProcessVictim,
  plan: SlowDiskPlan,
  { context }: FaultScene,
): Promise<string | undefined> {
  if (!context.exec.isAlive(victim)) return `${victimWords(victim)} is gone, or its pid another's`
  return slowDown(plan).then(
    () => undefined,
    (error: unknown) => String(error),
  )
}

interface Slowed {
  readonly victim: ProcessVictim
  readonly words: string
  readonly plan: SlowDiskPlan
  readonly undo: Undo
  readonly refused: string | undefined
}

function slowed({ victim, words, plan, undo, refused }: Slowed, scene: FaultScene): InjectedFault {
  const { claims, context, takeBack, rollbackWithinMs } = scene
  let last: EffectProof = { proof: 'unproven', seen: 'nobody looked' }
  const isSlow = async (): Promise<true | undefined> => {
    last = await look(plan, words, context.clock)
    return last.proof === 'confirmed' || undefined
  }
  const isGone = async (): Promise<boolean> => !isStillSlow(undoOf(plan), lookHere)
  const goneWithin = async (limitMs: number): Promise<UndoProof> => {
    const normal = await holdsWithin(limitMs, isGone, context.clock)
    if (normal) claims.release(`the disk of ${words}`)
    const left = plan.ownGroup === undefined ? 'the limit' : `the group ${plan.group}`
    return { normal, seen: normal ? `no limit holds ${words}` : `${left} of ${words} is still there` }
  }
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      await firstWithin(isSlow, over, context.clock)
      return last
    },
    undo: async () => (await takeBack(undo)) ?? 'the limit was taken off',
    goneByOthers: async () => {
      const isHeld = context.exec.isAlive(victim) && diskSeen(plan, lookHere).isHeld
      return { normal: !isHeld, seen: `${isHeld ? 'a' : 'no'} limit holds ${words}` }
    },
    proveGone: () => goneWithin(rollbackWithinMs),
  }
}

/** Looks twice; of a process that reads and writes nothing nobody can say that its disk is slow. */
async function look(plan: SlowDiskPlan, words: string, clock: Clock): Promise<EffectProof> {
  const [earlier, startUs] = [diskSeen(plan, lookHere), clock.nowUs()]
  await clock.wait(BETWEEN_LOOKS_MS)
  const later = diskSeen(plan, lookHere)
  const seconds = (clock.nowUs() - startUs) / 1e6
  if (!later.isHeld) return { proof: 'mismatch', seen: `the kernel does not hold ${words} to a limit` }
  const rates = plan.limits.map(({ what, bytesPerSecond }) => ({
    ...{ what, bytesPerSecond },
    rate: (later.bytes[what] - earlier.bytes[what]) / seconds,
  }))
  const seen = rates.map(
    ({ what, rate, bytesPerSecond }) => `${what} ${kib(rate)} a second (${kib(bytesPerSecond)} at most)`,
  )
  if (rates.every(({ rate }) => rate === 0)) return { proof: 'unproven', seen: `${words} used no disk` }
  const isHeld = rates.every(({ rate, bytesPerSecond }) => rate <= (1 + TOLERANCE_RATIO) * bytesPerSecond)
  return { proof: isHeld ? 'confirmed' : 'mismatch', seen: `${words}: ${seen.join(', ')}` }
}

const kib = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`
