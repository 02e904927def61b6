import {
  GauntletError,
  type ProcessVictim,
  type Target,
  type TargetProcess,
  type Undo,
  victimWords,
} from '../../../reports/run/index.ts'
import { readOffset, writeOffset } from '../../drivers/local/clock/index.ts'
import { type FaultOf, goDurationMs, isSelected } from '../../model/manifests/index.ts'
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
import { onProcesses } from '../on-processes.ts'
import { toldTime } from '../told-time.ts'

type Spec = FaultOf<'TimeChaos'>['spec']

/** A Date has whole seconds and may be kept for one more; what is told takes its time. */
const TOLD_WITHIN_SECONDS = 3
/** Less could not be told from none. */
const LEAST_SECONDS = 5

/**
 * TimeChaos: the wall clock of a process is off, by libfaketime, with which the target started it. Who is started anew
 * under its name is off too.
 * Effect: the Date of its answers. Undo: the offset is zero.
 */
export const timeChaos: FaultKind = {
  kind: 'time-chaos',
  read: ({ kind, spec }) => (kind === 'TimeChaos' ? timeFault(spec) : undefined),
}

function timeFault(spec: Spec): Fault {
  const seconds = (goDurationMs(spec.timeOffset) ?? 0) / 1000
  const fault = onProcesses(spec, {
    does: `puts ${seconds < 0 ? 'back' : 'forward'} by ${spec.timeOffset.replace(/^[+-]/, '')} the clock of`,
    undo: 'the offset of the clock is zero again',
    proof: 'the Date of an answer of the process is off by that much, and neither before nor after',
    prepare: (victim, scene) => prepare(victim, seconds, scene),
  })
  const whyNot: Fault['whyNot'] = (target, machine) =>
    fault.whyNot(target, machine) ?? whyUnseen(seconds) ?? whyNoClock(target, spec)
  return { ...fault, whyNot }
}

function whyUnseen(seconds: number): Refusal | undefined {
  if (Math.abs(seconds) >= LEAST_SECONDS) return undefined
  return {
    why: `a clock that is off by ${seconds} s cannot be told from one that is right: a Date has whole seconds`,
    hint: `give a timeOffset of ${LEAST_SECONDS}s or more, or -${LEAST_SECONDS}s or less`,
  }
}

/** Of all that may be drawn. */
function whyNoClock({ processes }: Target, { selector }: Spec): Refusal | undefined {
  for (const one of processes.filter((process) => isSelected(process, selector))) {
    const { name, clock, port } = one
    if (clock === undefined)
      return {
        why: `${name} has no clock that can be set apart from the machine's`,
        hint: 'start it with libfaketime (apt install libfaketime) and describe its clock: chaos/drivers/local/clock/README.md',
      }
    if (port === undefined)
      return { why: `${name} has no port at which its time could be asked`, hint: 'describe its port' }
    const other = processes.find((process) => process !== one && sharesClock(process, one))
    if (other !== undefined)
      return {
        why: `${name} and ${other.name} have one clock, ${clock.offsetFile}`,
        hint: 'give each a file of its own',
      }
  }
  return undefined
}

const sharesClock = (a: TargetProcess, b: TargetProcess): boolean =>
  a.clock !== undefined && a.clock.offsetFile === b.clock?.offsetFile

interface Skewing {
  readonly words: string
  readonly offsetFile: string
  readonly port: number
  readonly seconds: number
  readonly undo: Undo
}

async function prepare(victim: ProcessVictim, seconds: number, scene: FaultScene): Promise<PreparedFault> {
  const { processes } = await scene.control.describe()
  const { clock, port } = processes.find(({ name }) => name === victim.name) ?? {}
  const words = victimWords(victim)
  if (clock === undefined || port === undefined)
    throw new GauntletError('NO_TARGETS', `the target describes no clock and port of ${words} any more`)
  const { offsetFile } = clock
  const undo = { kind: 'clock', offsetFile, does: `set the clock of ${words} right` } as const
  const skewing = { words, offsetFile, port, seconds, undo }
  return { undo, inject: async () => skewed(skewing, await skew(skewing), scene) }
}

/** Why nothing was done, in words. */
async function skew({ words, offsetFile, port, seconds }: Skewing): Promise<string | undefined> {
  const found = readOffset(offsetFile)
  if ('unreadable' in found) return `the clock of ${words} cannot be set: ${found.unreadable}`
  if (found.seconds !== 0) return `the clock of ${words} is off by ${found.seconds} s already`
  const told = await toldTime(port)
  if ('silent' in told) return `${words} does not tell its time: ${told.silent}`
  if (!isOffBy(0, told.offSeconds))
    return `${words} is off by ${inSeconds(told.offSeconds)} before anything was done`
  return writeOffset(offsetFile, seconds)
}

function skewed(skewing: Skewing, refused: string | undefined, scene: FaultScene): InjectedFault {
  const { words, port, seconds, undo } = skewing
  const { context, takeBack, rollbackWithinMs } = scene
  let told: Awaited<ReturnType<typeof toldTime>> = { silent: 'nobody asked' }
  const tells = async (expectedSeconds: number): Promise<boolean> => {
    told = await toldTime(port)
    return 'offSeconds' in told && isOffBy(expectedSeconds, told.offSeconds)
  }
  const seen = (): string =>
    'silent' in told
      ? `${words} does not tell its time: ${told.silent}`
      : `${words} is off by ${inSeconds(told.offSeconds)}`
  const rightWithin = async (limitMs: number): Promise<UndoProof> => {
    if (refused !== undefined) return { normal: true, seen: 'no clock was set' }
    const normal = await holdsWithin(limitMs, () => tells(0), context.clock)
    return { normal, seen: seen() }
  }
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      const isOff = await firstWithin(async () => (await tells(seconds)) || undefined, over, context.clock)
      if ('silent' in told) return { proof: 'unproven', seen: seen() }
      return { proof: isOff ? 'confirmed' : 'mismatch', seen: `${seen()} (${seconds} s wanted)` }
    },
    undo: async () =>
      refused === undefined ? ((await takeBack(undo)) ?? 'its clock was set right') : 'nothing to do',
    goneByOthers: () => rightWithin(0),
    proveGone: () => rightWithin(rollbackWithinMs),
  }
}

const isOffBy = (expectedSeconds: number, toldSeconds: number): boolean =>
  Math.abs(toldSeconds - expectedSeconds) < TOLD_WITHIN_SECONDS

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`
