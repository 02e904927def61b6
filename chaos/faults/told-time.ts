import { exchange } from '../probes/index.ts'

const TIMEOUT_MS = 2_000

/** By how many seconds a process is off, as its answers in HTTP tell; why it does not tell, in words. */
export async function toldTime(
  port: number,
): Promise<{ readonly offSeconds: number } | { readonly silent: string }> {
  const url = `http://127.0.0.1:${port}/`
  const question = { url, method: 'GET', timeoutMs: TIMEOUT_MS }
  const reply = await exchange(question, { folder: '/', signal: undefined })
  if ('silent' in reply) return { silent: `${url}: ${reply.silent}` }
  const toldMs = Date.parse(String(reply.headers['date']))
  // the machine's wall clock: it is what the process is off from, even when somebody steps it
  return Number.isNaN(toldMs)
    ? { silent: `${url}: the answer has no Date` }
    : { offSeconds: (toldMs - Date.now()) / 1000 }
}
