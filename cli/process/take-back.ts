import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { HeldUndo, Http, JournalFact, Undo } from '../../reports/run/index.ts'
import type { Held, HeldProcess } from './guardian-protocol.ts'
import { appendJournal } from './journal-file.ts'
import { locksOfRun } from './locks.ts'
import { markedProcesses } from './marks.ts'
import { terminate } from './terminate.ts'
import { undo } from './undo.ts'

// Together below 10 s, the longest that anything may be left over after a kill.
const UNDO_MS = 3_500
const GRACE_MS = 3_500
const SWEEP_GRACE_MS = 500
const RETRY_MS = 100
/** a target that hangs is asked again */
const TRY_MS = 1_000

export interface TakeBackPlace {
  readonly runId: string
  readonly journalPath: string
  readonly scratch: string
  readonly http: Http
}

/** Takes back what a harness that is gone still held, and ends what else carries its mark. */
export async function takeBack(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  await undoHeld(held, place)
  await sweep(place.runId)
  for (const { path } of locksOfRun(place.runId)) rmSync(path, { force: true })
  rmSync(place.scratch, { recursive: true, force: true })
}

/** Once more, without a word: what was taken back is not harmed by it, and the target may be gone by now. */
export async function takeBackAgain(held: readonly Held[], { runId, http }: TakeBackPlace): Promise<void> {
  for (const one of undosOf(held)) await undo(one.undo, { http, timeoutMs: TRY_MS })
  await sweep(runId)
}

/** The last one made first. */
const undosOf = (held: readonly Held[]): HeldUndo[] =>
  held.filter((one): one is HeldUndo => one.kind !== 'process').reverse()

/**
 * Sends every undo that is still held, and ends every process. Undos come first and the last one made first: the
 * target, which may be among the held processes, must still be there to hear them.
 */
export async function undoHeld(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  const processes = held.filter((one): one is HeldProcess => one.kind === 'process')
  const until = performance.now() + UNDO_MS
  for (const one of undosOf(held)) await undoOne(one, until, place)
  await terminate(processes, GRACE_MS)
}

// Those that left their group, or were started in the instant before the kill.
async function sweep(runId: string): Promise<void> {
  const marked = markedProcesses(runId).map((one) => ({ ...one, group: false }))
  await terminate(marked, SWEEP_GRACE_MS)
}

async function undoOne(one: HeldUndo, until: number, place: TakeBackPlace): Promise<void> {
  const tell = (fact: JournalFact): void => appendJournal(place.journalPath, fact)
  if (one.kind === 'fault') tell({ kind: 'fault-undoing', ...whichFault(one), by: 'guardian' })
  const failure = await tryUntil(one.undo, until, place)
  tell(failure === undefined ? undoneFact(one) : failedFact(one, `${one.undo.does}: ${failure}`))
}

/** Says why it failed, after the last try. */
async function tryUntil(one: Undo, until: number, place: TakeBackPlace): Promise<string | undefined> {
  for (;;) {
    const failure = await undo(one, { http: place.http, timeoutMs: TRY_MS })
    if (failure === undefined || performance.now() > until) return failure
    await pause(RETRY_MS)
  }
}

function undoneFact(one: HeldUndo): JournalFact {
  return one.kind === 'fault'
    ? { kind: 'fault-undone', ...whichFault(one), by: 'guardian' }
    : { kind: 'switch-undone', switch: one.switch, by: 'guardian' }
}

function failedFact(one: HeldUndo, seen: string): JournalFact {
  return one.kind === 'fault'
    ? { kind: 'undo-failed', ...whichFault(one), by: 'guardian', seen }
    : { kind: 'switch-undo-failed', switch: one.switch, by: 'guardian', seen }
}

function whichFault({ injection, experiment }: { injection: string; experiment: string }) {
  return { injection, experiment }
}
