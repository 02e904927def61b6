import type { Clock } from '../../reports/run/index.ts'
import type { StressWanted } from '../drivers/local/stress/index.ts'
import type { AimedFault, EffectProof, FaultScene, InjectedFault, PreparedFault } from './fault-kind.ts'
import { firstWithin } from './first-within.ts'
import { holdsWithin } from './holds-within.ts'
import { compare, RESOURCES } from './machine-effects.ts'
import type { StressBook } from './stress-book.ts'

/** Processor time between two looks is compared with the time between them. */
const BETWEEN_LOOKS_MS = 1_000

/** A burden on the whole machine, carried by a process of ours: the one victim there is. */
export function onMachine(wanted: StressWanted): AimedFault {
  return {
    victim: { kind: 'machine', name: 'localhost' },
    prepare: (scene) => prepare(wanted, scene),
  }
}

async function prepare(wanted: StressWanted, scene: FaultScene): Promise<PreparedFault> {
  const { id, stress: book } = scene
  const idleBytes = await book.idleBytes()
  return {
    undo: await book.undo(),
    inject: async () => {
      const refused = await book.want(id, wanted)
      return burdened({ book, wanted, idleBytes, refused }, scene)
    },
  }
}

interface Burdened {
  readonly book: StressBook
  readonly wanted: StressWanted
  readonly idleBytes: number
  /** why it was not taken */
  readonly refused: string | undefined
}

function burdened(burden: Burdened, scene: FaultScene): InjectedFault {
  const { book, refused } = burden
  const { id, context, takeBack, rollbackWithinMs } = scene
  const { clock } = context
  let last: Looked = { kind: 'silent', seen: 'nobody looked' }
  const isAsWanted = async (): Promise<boolean> => {
    last = await look(burden, clock)
    return last.kind === 'as wanted'
  }
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      // a busy machine gives what is wanted only now and then
      const settled = async () => (await isAsWanted()) || last.kind === 'gone' || undefined
      await firstWithin(settled, over, clock)
      const { kind, seen } = last
      if (kind === 'silent') return { proof: 'unproven', seen }
      return { proof: kind === 'as wanted' ? 'confirmed' : 'mismatch', seen }
    },
    undo: async () => (await book.settle(id, takeBack)) ?? 'the machine was let go',
    goneByOthers: async () => {
      const { kind, seen } = await look(burden, clock, book.without(id))
      return { normal: kind === 'as wanted' || kind === 'gone', seen }
    },
    proveGone: async () => {
      // what others still want of the same resource may stay
      const isGone = async (): Promise<boolean> => (await isAsWanted()) || last.kind === 'gone'
      return { normal: await holdsWithin(rollbackWithinMs, isGone, clock), seen: last.seen }
    },
  }
}

interface Looked {
  readonly kind: 'as wanted' | 'other' | 'gone' | 'silent'
  readonly seen: string
}

/** Looks twice, and compares what this fault burdens with what all faults together, or these, want of it. */
async function look(
  { book, wanted, idleBytes }: Burdened,
  clock: Clock,
  total: StressWanted = book.total,
): Promise<Looked> {
  const earlier = await book.see()
  await clock.wait(BETWEEN_LOOKS_MS)
  const later = await book.see()
  if (earlier === 'gone' || later === 'gone')
    return { kind: 'gone', seen: 'the process that burdens the machine is gone, and all it held with it' }
  if ('silent' in earlier) return { kind: 'silent', seen: earlier.silent }
  if ('silent' in later) return { kind: 'silent', seen: later.silent }
  const looks = { earlier: earlier.measured, later: later.measured, idleBytes }
  const compared = RESOURCES.filter((one) => wanted[one] !== undefined).map((resource) =>
    compare(resource, total, looks),
  )
  return {
    kind: compared.every((one) => one.isAsWanted) ? 'as wanted' : 'other',
    seen: compared.map(({ seen }) => seen).join('; '),
  }
}
