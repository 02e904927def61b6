import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

/** A carrier that was started as the guardian starts it. */
export interface StartedCarrier {
  readonly url: string
  readonly child: ChildProcess
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>
  beat(): void
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
}

/** Starts an entry with the length of its lease, and what else it takes; it is killed when the test file ends. */
export async function startEntry(name: string, ...lengthsMs: readonly number[]): Promise<StartedCarrier> {
  const entry = fileURLToPath(new URL(`../../../../cli/entries/${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [entry, ...lengthsMs.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  after(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url }: { url: string } = JSON.parse(line)
  return {
    url,
    child,
    exited,
    beat: () => void child.stdin.write('\n'),
    ask: async (method, path, body) => {
      const reply = await fetch(url + path, {
        method,
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { status: reply.status, body: await reply.json() }
    },
  }
}
