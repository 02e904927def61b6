import { fork } from 'node:child_process'
import { once } from 'node:events'
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

export async function setScene(): Promise<Scene> {
  const entry = compile(resolve(import.meta.dirname, '../../../entries/proxy.ts'))
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
