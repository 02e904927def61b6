import type { HeldUndo, ProcessIdentity, Undo } from '../../../reports/run/index.ts'
import { createHttp } from '../http.ts'
import { identify } from '../identity.ts'
import { type GuardianLink, type GuardianOptions, linkGuardian } from './guardian-link.ts'
import type { CarrierName, Held, ToGuardian } from './guardian-protocol.ts'
import { Heart } from './heart.ts'
import { patienceMs } from './lease.ts'
import { type LeaseFile, leaseFile } from './lease-file.ts'
import { undoAtGoodBye } from './take-back.ts'
import { undoWithin } from './undo.ts'

/** Long enough for a machine that is busy, short enough for a fault that nobody watches. */
const LEASE_MS = 30_000
/** What takes long to undo is given longer, try by try. */
const [FIRST_TRY_MS, LONGEST_TRY_MS] = [2_000, 10_000]

/** Takes everything back when this process is killed, stopped or wedged, from outside of it. */
export interface Guardian {
  readonly pids: readonly number[]
  /** aborts, with a GauntletError as its reason, when one of them is gone: nothing may be injected any more */
  readonly lost: AbortSignal
  /** false as soon as it may have taken everything back: asked right before something is done that it would undo */
  isWatching(): boolean
  /** resolves with the id for `release` once the guardian has it: only then act */
  hold(undo: HeldUndo): Promise<string>
  /** at once: a process that the guardian does not know yet still carries the run's mark */
  holdProcess(process: ProcessIdentity): string
  release(id: string): Promise<void>
  /** the address of a process that carries faults; started when it is first asked for, ended with the guardian */
  carrier(name: CarrierName): Promise<string>
  /** here and now, as the guardian would do it, tried again for so long; why it could not, or undefined when it did */
  takeBack(undo: Undo, withinMs: number): Promise<string | undefined>
  /** after everything is released; what is still held is taken back first, by us if one of them is gone */
  close(): Promise<void>
}

type Options = Omit<GuardianOptions, 'leaseMs'> & {
  readonly leaseMs?: number
  /** a second one that does the same, for the case that harness and guardian are killed at once */
  readonly standIn?: boolean
}

/** Call before anything is started or touched. */
export async function startGuardian({
  leaseMs = LEASE_MS,
  standIn = false,
  ...options
}: Options): Promise<Guardian> {
  const links = await Promise.all(
    [...(standIn ? [1, 2] : [1])].map(() => linkGuardian({ ...options, leaseMs })),
  )
  const lost = AbortSignal.any(links.map((link) => link.lost))
  const heart = new Heart(links, leaseMs, () => patienceMs(hasActed, leaseMs))
  const lease = leaseOnDisk({ ...options, leaseMs }, links)
  const carriers = new Map<CarrierName, Promise<string>>()
  const http = createHttp()
  const held = new Map<string, Held>()
  let closing = false
  let count = 0
  let hasActed = false

  const tell = (message: ToGuardian): void => links.forEach((link) => void link.tell(message))
  const done = async (id: string): Promise<void> =>
    void (await Promise.all(links.map((link) => link.done(id))))
  const nextId = (kept: Held): string => `${kept.kind}-${++count}`
  const keep = (id: string, kept: Held): void => {
    held.set(id, kept)
    tell({ hold: { id, held: kept } })
  }
  return {
    pids: links.map(({ pid }) => pid),
    lost,
    isWatching: () => !lost.aborted && heart.isHeard(),
    hold: async (undo) => {
      const id = nextId(undo)
      await lease?.hold({ id, undo })
      keep(id, undo)
      await done(id)
      await heart.beat()
      hasActed = true
      return id
    },
    holdProcess: (process) => {
      const kept = { kind: 'process', ...process, group: true } as const
      const id = nextId(kept)
      keep(id, kept)
      return id
    },
    release: async (id) => {
      held.delete(id)
      await lease?.release(id)
      if (lost.aborted || closing) return
      const released = done(`${id}-released`)
      tell({ release: id })
      await released
    },
    carrier: (name) => {
      const url = carriers.get(name) ?? links[0]!.start(name)
      carriers.set(name, url)
      return url
    },
    takeBack: (one, withinMs) =>
      undoWithin(one, {
        ...{ http, withinMs },
        ...{ timeoutMs: FIRST_TRY_MS, longestMs: LONGEST_TRY_MS },
      }),
    close: async () => {
      closing = true
      const { runId, scratch, leasePath } = options
      // first: were we killed meanwhile, whichever guardian is left would do it
      if (lost.aborted) await undoAtGoodBye([...held.values()], { runId, scratch, leasePath, http })
      heart.stop()
      await Promise.all(links.map((link) => link.close()))
    },
  }
}

/** For whoever comes when the guardians were killed with us: `gauntlet chaos recover`. */
function leaseOnDisk(
  { runId, scratch, leaseMs, leasePath }: GuardianOptions,
  links: readonly GuardianLink[],
): LeaseFile | undefined {
  if (leasePath === undefined) return undefined
  const { pid } = process
  const guardians = links.flatMap((link) => identify(link.pid) ?? [])
  const startedAt = identify(pid)?.startedAt ?? 0
  return leaseFile(leasePath, { run: runId, pid, startedAt, guardians, leaseMs, scratch })
}
