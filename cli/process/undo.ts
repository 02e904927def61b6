import {
  type Http,
  type HttpReply,
  isTaken,
  type RequestUndo,
  said,
  type Undo,
  type UndoStep,
} from '../../reports/run/index.ts'
import { isAlive } from './identity.ts'
import { runCommand } from './undo-command.ts'

interface Means {
  readonly http: Http
  /** of each step */
  readonly timeoutMs: number
}

/** Takes one thing back; why it could not, in words, or undefined when it did. May be done again: nothing is then done. */
export async function undo(one: Undo, means: Means): Promise<string | undefined> {
  if (one.kind !== 'steps') return undoStep(one, means)
  const failures: string[] = []
  for (const step of one.steps) {
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
    default:
      return step satisfies never
  }
}

async function sendRequest(
  { kind: _, does: __, goneIsDone = false, ...request }: RequestUndo,
  { http, timeoutMs }: Means,
): Promise<string | undefined> {
  const reply = await http.send({ ...request, timeoutMs })
  return isTaken(reply) || (goneIsDone && isGone(reply)) ? undefined : said(reply)
}

/** Nobody listens there any more, or whoever does knows nothing of it. */
const isGone = (reply: HttpReply): boolean =>
  reply.status === null ? reply.reason.includes('ECONNREFUSED') : reply.status === 404

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
