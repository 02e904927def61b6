import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { ProcessIdentity } from '../../../../reports/run/index.ts'
import type { FindK6Context } from './binary.ts'

const LOOK_AGAIN_MS = 200

/** Does the work while nobody else holds the lock. A lock whose holder is gone is taken away. */
export async function withCacheLock(
  path: string,
  self: ProcessIdentity,
  { exec, log }: FindK6Context,
  work: () => Promise<void>,
): Promise<void> {
  for (let told = false; !(await take(path, self)); told = true) {
    const holder = await holderOf(path)
    if (holder !== undefined && !exec.isAlive(holder)) await putAside(path, holder)
    else if (!told) log.doing(`another run (pid ${holder?.pid ?? 'gone'}) is getting k6; waiting for it`)
    await wait(LOOK_AGAIN_MS)
  }
  try {
    await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** Written whole and linked into place: a lock is never seen without its holder. */
async function take(path: string, self: ProcessIdentity): Promise<boolean> {
  const mine = `${path}-${randomUUID()}`
  await writeFile(mine, `${self.pid} ${self.startedAt}`)
  try {
    await link(mine, path)
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw cause
  } finally {
    await rm(mine, { force: true })
  }
}

/** Undefined: it was given back meanwhile. One that cannot be read has no holder that lives. */
async function holderOf(path: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const [pid = 0, startedAt = 0] = text?.split(' ').map(Number) ?? []
  return text === undefined ? undefined : { pid, startedAt }
}

/** Two who saw the same dead holder may both come here: the later one finds the lock of the earlier, and gives it back. */
async function putAside(path: string, dead: ProcessIdentity): Promise<void> {
  const aside = `${path}-${randomUUID()}`
  try {
    await rename(path, aside)
    const found = await holderOf(aside)
    if (!isDeepStrictEqual(found, dead)) await link(aside, path)
  } catch {
    // somebody was quicker, with the old one or with a new one
  } finally {
    await rm(aside, { force: true })
  }
}
