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
  /** left out: the record is sealed, and takes no further word */
  readonly journalPath?: string
  readonly scratch: string
  /** removed once every undo was taken */
  readonly leasePath?: string | undefined
  readonly http: Http
}

/**
 * Takes back what a harness that is gone still held, and ends what else carries its mark. Says in words which undos
 * failed.
 */
export async function takeBack(held: readonly Held[], place: TakeBackPlace): Promise<string[]> {
  const failures = await undoHeld(held, place)
  await sweep(place.runId)
  for (const { path } of locksOfRun(place.runId)) rmSync(path, { force: true })
  rmSync(place.scratch, { recursive: true, force: true })
  return failures
}

/** Once more, without a word: what was taken back is not harmed by it, and the target may be gone by now. */
export async function takeBackAgain(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  const { runId, http, leasePath } = place
  const failures: string[] = []
  for (const one of undosOf(held))
    failures.push(...[await undo(one.undo, { http, timeoutMs: TRY_MS })].filter((why) => why !== undefined))
  if (failures.length === 0) removeLease(leasePath)
  await sweep(runId)
}

function removeLease(path: string | undefined): void {
  if (path !== undefined) rmSync(path, { force: true })
}

/** The last one made first. */
const undosOf = (held: readonly Held[]): HeldUndo[] =>
  held.filter((one): one is HeldUndo => one.kind !== 'process').reverse()

/**
 * Sends every undo that is still held, and ends every process. Undos come first and the last one made first: the
 * target, which may be among the held processes, must still be there to hear them.
 */
export async function undoHeld(held: readonly Held[], place: TakeBackPlace): Promise<string[]> {
  const processes = held.filter((one): one is HeldProcess => one.kind === 'process')
  const until = performance.now() + UNDO_MS
  const failures: string[] = []
  for (const one of undosOf(held)) failures.push(...(await undoOne(one, until, place)))
  await terminate(processes, GRACE_MS)
  if (failures.length === 0) removeLease(place.leasePath)
  return failures
}

// Those that left their group, or were started in the instant before the kill.
async function sweep(runId: string): Promise<void> {
  const marked = markedProcesses(runId).map((one) => ({ ...one, group: false }))
  await terminate(marked, SWEEP_GRACE_MS)
}

async function undoOne(one: HeldUndo, until: number, place: TakeBackPlace): Promise<string[]> {
  const tell = (fact: JournalFact): void => {
    if (place.journalPath !== undefined) appendJournal(place.journalPath, fact)
  }
  if (one.kind === 'fault') tell({ kind: 'fault-undoing', ...whichFault(one), by: 'guardian' })
  const failure = await tryUntil(one.undo, until, place)
  if (failure === undefined) {
    tell(undoneFact(one))
    return []
  }
  const seen = `${one.undo.does}: ${failure}`
  tell(failedFact(one, seen))
  return [seen]
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
