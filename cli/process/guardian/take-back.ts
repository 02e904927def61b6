import { rmSync } from 'node:fs'
import type { HeldUndo, Http, JournalFact, Undo } from '../../../reports/run/index.ts'
import { duration, straightRequest } from '../../../reports/run/plain.ts'
import { appendJournal } from '../journal-file.ts'
import { locksOfRun } from '../locks.ts'
import { markedProcesses } from '../marks.ts'
import { terminate } from '../terminate.ts'
import type { Held, HeldProcess } from './guardian-protocol.ts'
import { isLinkProxy, PASSES_ON_MS } from './link-proxies.ts'
import { undoWithin } from './undo.ts'

// Together below 10 s, the longest that anything may be left over after a kill.
const UNDO_MS = 3_500
const GRACE_MS = 3_500
const SWEEP_GRACE_MS = 500
/** a target that hangs is asked again */
const TRY_MS = 1_000

export interface TakeBackPlace {
  readonly runId: string
  /** left out: the record is sealed, or tells it already */
  readonly journalPath?: string
  readonly scratch: string
  /** removed once every undo was taken */
  readonly leasePath?: string | undefined
  readonly http: Http
  /** what is held was undone before, and is not proven gone: a target that says so once more proves nothing */
  readonly isUnproven?: boolean
}

export interface TakenBack {
  /** which undos failed, in words */
  readonly failures: readonly string[]
  /** a link may still go through its proxy, or to our resolver: that lives on, and passes on what comes */
  readonly keepsProxies: boolean
}

/** Takes back what a harness that is gone still held, and ends what else carries its mark. */
export async function takeBack(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  await removeRun(place, await undoHeld(held, place))
}

/**
 * What a harness that says good-bye still held: it lives on to judge, under its locks. Of what carries its mark only the
 * proxies end to which nobody is led any more: the guardian that started them may be gone.
 */
export async function undoAtGoodBye(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  const { keepsProxies } = await undoHeld(held, { ...place, isUnproven: true })
  if (keepsProxies) return
  const proxies = markedProcesses(place.runId).filter(isLinkProxy)
  await terminate(
    proxies.map((one) => ({ ...one, group: false })),
    SWEEP_GRACE_MS,
  )
}

/** Ends what carries the mark of a run, and removes its locks and files. */
export async function removeRun(
  { runId, scratch }: Pick<TakeBackPlace, 'runId' | 'scratch'>,
  { keepsProxies }: Pick<TakenBack, 'keepsProxies'>,
): Promise<void> {
  await sweep(runId, keepsProxies)
  for (const { path } of locksOfRun(runId)) rmSync(path, { force: true })
  rmSync(scratch, { recursive: true, force: true })
}

/** Once more, without a word: what was taken back is not harmed by it. */
export async function takeBackAgain(held: readonly Held[], place: TakeBackPlace): Promise<void> {
  const { journalPath: _, ...silent } = place
  const { keepsProxies } = await undoHeld(held, silent)
  await sweep(place.runId, keepsProxies)
}

/** A link of a target that is gone is dialled by nobody. Asked again, as on a busy machine its refusal may be heard late. */
async function needsProxy(one: Undo, http: Http): Promise<boolean> {
  const request = straightRequest(one)
  if (request === undefined) return false
  const { tokenFile } = request
  const url = request.url.replace(/\/links\/[^/]*$/, '/describe')
  const ask = () => http.send({ url, timeoutMs: TRY_MS, ...(tokenFile === undefined ? {} : { tokenFile }) })
  const isGone = async () => {
    const reply = await ask()
    return reply.status === null && reply.reason.includes('ECONNREFUSED')
  }
  return !(await isGone()) && !(await isGone())
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
export async function undoHeld(held: readonly Held[], place: TakeBackPlace): Promise<TakenBack> {
  const processes = held.filter((one): one is HeldProcess => one.kind === 'process')
  const endMs = performance.now() + UNDO_MS
  const failures: string[] = []
  let keepsProxies = false
  for (const one of undosOf(held)) {
    const failure = await undoOne(one, endMs, place)
    if (failure !== undefined) failures.push(failure)
    const mayBeOn = failure !== undefined || place.isUnproven === true
    keepsProxies ||= mayBeOn && (await needsProxy(one.undo, place.http))
  }
  const ended = processes.filter((one) => !(keepsProxies && isLinkProxy(one)))
  await terminate(ended, GRACE_MS)
  if (failures.length === 0) removeLease(place.leasePath)
  return { failures, keepsProxies }
}

// Those that left their group, or were started in the instant before the kill.
async function sweep(runId: string, keepsProxies: boolean): Promise<void> {
  const marked = markedProcesses(runId).filter((one) => !(keepsProxies && isLinkProxy(one)))
  await terminate(
    marked.map((one) => ({ ...one, group: false })),
    SWEEP_GRACE_MS,
  )
}

/** Says why it failed. */
async function undoOne(one: HeldUndo, endMs: number, place: TakeBackPlace): Promise<string | undefined> {
  const tell = (fact: JournalFact): void => {
    if (place.journalPath !== undefined) appendJournal(place.journalPath, fact)
  }
  if (one.kind === 'fault') tell({ kind: 'fault-undoing', ...whichFault(one), by: 'guardian' })
  const withinMs = endMs - performance.now()
  const failure = await undoWithin(one.undo, { http: place.http, timeoutMs: TRY_MS, withinMs })
  if (failure === undefined) {
    tell(undoneFact(one))
    return undefined
  }
  const kept = straightRequest(one.undo) ? `; ${PASSED_ON}` : ''
  const seen = `${one.undo.does}: ${failure}${kept}`
  tell(failedFact(one, seen))
  return seen
}

/** How long there is time to lead the link straight. */
const PASSED_ON = `a process of ours passes it on for ${duration(PASSES_ON_MS)} at most`

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
