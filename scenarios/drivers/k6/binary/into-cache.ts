import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GauntletError, type ProcessIdentity } from '../../../../reports/run/index.ts'
import type { FindK6Context } from './binary.ts'
import { withCacheLock } from './cache-lock.ts'
import { PINNED_VERSION, versionOf } from './version.ts'

export interface IntoCache {
  /** where k6 will come to lie */
  readonly folder: string
  readonly self: ProcessIdentity
  /** writes k6 to this path, in an empty folder of its own */
  make(path: string): Promise<void>
}

/** Has k6 made beside its place and renames it there, so that a half-written one is never found. One maker at a time. */
export async function intoCache({ folder, self, make }: IntoCache, context: FindK6Context): Promise<string> {
  const path = join(folder, 'k6')
  await makeFolder(folder)
  await withCacheLock(join(folder, 'lock'), self, context, async () => {
    if ((await versionOf(path, context.exec)) === PINNED_VERSION) return
    await removePartial(folder)
    const partial = join(folder, `partial-${self.pid}`)
    await mkdir(partial)
    try {
      await make(join(partial, 'k6'))
      await rename(join(partial, 'k6'), path)
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  })
  return path
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new GauntletError('CACHE_UNWRITABLE', `k6 cannot be kept: ${folder} cannot be made`, {
      hint: 'set XDG_CACHE_HOME to a folder that can be written, or K6_BIN to a k6',
      exit: 'machinery',
      cause,
    })
  }
}

/** What one that was killed left behind; nobody else is at work while we hold the lock. */
async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('partial-')) await rm(join(folder, name), { recursive: true, force: true })
}
