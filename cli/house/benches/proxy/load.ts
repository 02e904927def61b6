import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Contender, cpuSecondsOf } from './contender.ts'

const WARM_UP_MS = 500
const FOR_MS = 2_000

/** What so many connections, each of which always waits for an answer, got through a proxy. */
export interface Load {
  readonly requests: number
  readonly seconds: number
  readonly medianMs: number
  /** of the proxy's process */
  readonly cpuSeconds: number
}

export async function loadThrough(
  contender: Contender,
  { port, connections }: { readonly port: number; readonly connections: number },
): Promise<Load> {
  const load = fork(
    join(import.meta.dirname, 'echo-load.ts'),
    [port, connections, WARM_UP_MS, FOR_MS].map(String),
  )
  await once(load, 'message')
  const before = cpuSecondsOf(contender.pid)
  const [told]: Omit<Load, 'cpuSeconds'>[] = await once(load, 'message')
  const cpuSeconds = cpuSecondsOf(contender.pid) - before
  await once(load, 'exit')
  if (told === undefined) throw new Error('the load told nothing')
  return { ...told, cpuSeconds }
}
