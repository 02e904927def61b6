import { type Http, isTaken, said, type Undo } from '../../reports/run/index.ts'
import { isAlive } from './identity.ts'

/** Takes one thing back; why it could not, in words, or undefined when it did. May be done again: nothing is then done. */
export async function undo(
  one: Undo,
  { http, timeoutMs }: { readonly http: Http; readonly timeoutMs: number },
): Promise<string | undefined> {
  switch (one.kind) {
    case undefined:
    case 'request': {
      const { method, url, tokenFile, body } = one
      const reply = await http.send({ method, url, tokenFile, body, timeoutMs })
      return isTaken(reply) ? undefined : said(reply)
    }
    case 'signal':
      return sendSignal(one)
    default:
      return one satisfies never
  }
}

/** A process that is gone, or whose pid is another's now, has nothing to be taken back. */
function sendSignal({ victim, signal }: Extract<Undo, { kind: 'signal' }>): string | undefined {
  if (!isAlive(victim)) return undefined
  try {
    process.kill(victim.pid, signal)
    return undefined
  } catch (error) {
    return isAlive(victim) ? `${signal} to ${victim.name} (pid ${victim.pid}): ${String(error)}` : undefined
  }
}
