import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Proxies, serveApi } from '../../../chaos/drivers/local/proxy/index.ts'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { identify, isStopped } from '../../process/identity.ts'

const BACK = join(import.meta.dirname, '../../fixtures/target/back.js')
const NFT = ['/usr/sbin/nft', '/sbin/nft'].find((path) => existsSync(path))

/** What belongs to others, and looks like what we break: all of it must be there afterwards. */
export interface Foreigners extends AsyncDisposable {
  /** a stopped process whose pid a target describes as that of a process of its own that is gone */
  readonly recycled: ProcessIdentity
  /** what is no longer as it was, in words */
  harmed(): Promise<string[]>
}

export async function plantForeigners(): Promise<Foreigners> {
  const recycled = stoppedProcess()
  const sameName = stoppedProcess()
  const proxies = new Proxies()
  const api = await serveApi({ proxies, port: 0 })
  await ask(api.url, 'POST', '/proxies', {
    name: 'front→back',
    listen: '127.0.0.1:0',
    upstream: '127.0.0.1:9',
  })
  const toxic = { name: 'foreign', type: 'latency', attributes: { latency: 7 } }
  await ask(api.url, 'POST', `/proxies/${encodeURIComponent('front→back')}/toxics`, toxic)
  const table = plantTable()
  const isThere = (child: ChildProcess): boolean => {
    const identity = identify(child.pid)
    return identity !== undefined && isStopped(identity)
  }
  return {
    recycled: identify(recycled.pid)!,
    harmed: async () => {
      const shown = JSON.stringify(await ask(api.url, 'GET', '/proxies'))
      return [
        ...(isThere(recycled) ? [] : ['the process under a recycled pid goes on']),
        ...(isThere(sameName) ? [] : ['a foreign process of the same name goes on']),
        ...(shown.includes('"foreign"') ? [] : ['a foreign proxy has lost its toxic']),
        ...(table === undefined || tableIsThere(table) ? [] : ['a foreign firewall table is gone']),
      ]
    },
    [Symbol.asyncDispose]: async () => {
      for (const child of [recycled, sameName]) child.kill('SIGKILL')
      await api.close()
      proxies.stop()
      if (table !== undefined && tableIsThere(table)) nft('delete', 'table', 'inet', table)
    },
  }
}

function stoppedProcess(): ChildProcess {
  const child = spawn(process.execPath, [BACK, '0'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  child.kill('SIGSTOP')
  return child
}

async function ask(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const reply = await fetch(url + path, { method, ...(body && { body: JSON.stringify(body) }) })
  return reply.json()
}

/** Undefined where there is no nft, or we may not use it. It hooks in nowhere, so it does nothing. */
function plantTable(): string | undefined {
  const name = `foreign_${process.pid}`
  try {
    nft('add', 'table', 'inet', name)
    return name
  } catch {
    return undefined
  }
}

function tableIsThere(name: string): boolean {
  return nft('list', 'tables').includes(name)
}

function nft(...args: string[]): string {
  if (NFT === undefined) throw new Error('there is no nft')
  return execFileSync(NFT, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
