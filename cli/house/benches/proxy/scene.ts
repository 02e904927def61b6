import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { join, resolve } from 'node:path'
import { compile } from '../../compiled.ts'
import { type Contender, startOurs, startToxiproxy } from './contender.ts'

/** A server that echoes, and both proxies before it. */
export interface Scene {
  readonly ours: Contender
  readonly theirs: Contender
  /** of ours */
  readonly port: number
  readonly theirPort: number
  end(): Promise<void>
}

/** That of an instrument in a run (cli/process/priority.ts). */
const NICENESS = -10

export async function setScene(): Promise<Scene> {
  goFirst()
  const root = resolve(import.meta.dirname, '../../../..')
  const alarm = join(root, 'chaos/drivers/local/proxy/alarm-thread.ts')
  const entry = compile(join(root, 'cli/entries/proxy.ts'), alarm)
  const echo = fork(join(import.meta.dirname, 'echo-server.ts'))
  const [{ port }] = await once(echo, 'message')
  const [ours, theirs] = [await startOurs(entry.path), await startToxiproxy()]
  return {
    ours,
    theirs,
    port: await ours.proxyTo(port),
    theirPort: await theirs.proxyTo(port),
    end: async () => {
      await Promise.all([ours.end(), theirs.end()])
      echo.disconnect()
      entry[Symbol.dispose]()
    },
  }
}

/** This process and all that it starts from now on, where we may: what else runs here must not be measured too. */
function goFirst(): void {
  try {
    setPriority(NICENESS)
  } catch {
    console.log('only root may go before others: what else runs here is measured too')
  }
}
