import { setTimeout as pause } from 'node:timers/promises'
import { setRight } from '../../../chaos/drivers/local/clock/index.ts'
import { takeBack } from '../../../chaos/drivers/local/slow-disk/index.ts'
import type { Http, HttpReply, RequestUndo, Undo, UndoStep } from '../../../reports/run/index.ts'
import { isTaken, messageOf, said } from '../../../reports/run/plain.ts'
import { isAlive } from '../identity.ts'
import { runCommand } from './undo-command.ts'
import { setOpenFilesLimit } from './undo-descriptors.ts'

interface Means {
  readonly http: Http
  /** of each step */
  readonly timeoutMs: number
}

interface Tries extends Means {
  /** of each step of the first try; each further one has twice as long as the one before */
  readonly timeoutMs: number
  /** at most; left out: as long as the first */
  readonly longestMs?: number
  /** no try begins after it; the last may outlast it, as an answer may come yet */
  readonly withinMs: number
}

/** As `undo`, tried again until it is taken; why the last try failed, in words. */
export async function undoWithin(one: Undo, { http, timeoutMs, longestMs = timeoutMs, withinMs }: Tries) {
  const endMs = performance.now() + withinMs
  for (let tryMs = timeoutMs; ; tryMs = Math.min(2 * tryMs, longestMs)) {
    const failure = await undo(one, { http, timeoutMs: tryMs })
    if (failure === undefined) return undefined
    await pause(tryMs / 10)
    if (performance.now() > endMs) return failure
  }
}

/** Takes one thing back; why it could not, in words, or undefined when it did. May be done again: nothing is then done. */
export async function undo(one: Undo, means: Means): Promise<string | undefined> {
  if (one.kind !== 'steps') return undoStep(one, means)
  const failures: string[] = []
  for (const step of one.steps) {
    if (failures.length > 0 && 'onlyAfterSuccess' in step && step.onlyAfterSuccess) continue
    const failure = await undoStep(step, means)
    if (failure !== undefined) failures.push(`${step.does}: ${failure}`)
  }
  return failures.length === 0 ? undefined : failures.join('; ')
}

async function undoStep(step: UndoStep, means: Means): Promise<string | undefined> {
  switch (step.kind) {
    case undefined:
    case 'request':
      return sendRequest(step, means)
    case 'signal':
      return sendSignal(step)
    case 'command':
      return runCommand(step, means.timeoutMs)
    case 'clock':
      return setRight(step.offsetFile)
    case 'disk':
      return inWords(takeBack(step))
    case 'descriptors':
      return isAlive(step.victim) ? inWords(setOpenFilesLimit(step, means.timeoutMs)) : undefined
    default:
      return step satisfies never
  }
}

const inWords = (act: Promise<unknown>): Promise<string | undefined> => act.then(() => undefined, messageOf)

async function sendRequest(
  { kind: _, does: __, onlyAfterSuccess: ___, goneIsDone = false, doneIfSaid, ...request }: RequestUndo,
  { http, timeoutMs }: Means,
): Promise<string | undefined> {
  const reply = await http.send({ ...request, timeoutMs })
  const isDone =
    isTaken(reply) ||
    reply.status === NOT_MODIFIED ||
    (goneIsDone && isGone(reply, request)) ||
    (doneIfSaid !== undefined && isRefusal(reply) && said(reply).includes(doneIfSaid))
  return isDone ? undefined : said(reply)
}

/** It is as it was asked to be. */
const NOT_MODIFIED = 304

/**
 * Nobody listens there any more, or whoever does knows nothing of it. A service behind a socket that does not answer is
 * not gone with what it looks after: a container stays paused while Docker is down.
 */
function isGone(reply: HttpReply, { socketPath }: Pick<RequestUndo, 'socketPath'>): boolean {
  if (reply.status === null) return socketPath === undefined && reply.reason.includes('ECONNREFUSED')
  return reply.status === 404
}

const isRefusal = ({ status }: HttpReply): boolean => status !== null && status >= 400

/** A process that is gone, or whose pid is another's now, has nothing to be taken back. */
function sendSignal({ victim, signal }: Extract<UndoStep, { kind: 'signal' }>): string | undefined {
  if (!isAlive(victim)) return undefined
  try {
    process.kill(victim.pid, signal)
    return undefined
  } catch (error) {
    return isAlive(victim) ? `${signal} to ${victim.name} (pid ${victim.pid}): ${String(error)}` : undefined
  }
}
