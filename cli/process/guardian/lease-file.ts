import { readFileSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Compile } from 'typebox/compile'
import { GauntletError, type HeldInLease, jsonOf, Lease, refuseNewer } from '../../../reports/run/index.ts'
import { isDiskFull } from '../disk-full.ts'

/** What a run holds, on disk: there before a fault acts, gone when nothing is on. */
export interface LeaseFile {
  /** resolves when it is on disk; rejects when it cannot be: then nothing may act */
  hold(held: HeldInLease): Promise<void>
  /** never rejects: an undo that stands there too long is done twice, which harms nothing */
  release(id: string): Promise<void>
}

type Owner = Omit<Lease, 'schema' | 'held'>

export function leaseFile(path: string, owner: Owner): LeaseFile {
  let held: readonly HeldInLease[] = []
  let last: Promise<void> = Promise.resolve()
  /** one after the other, each with what is held by then */
  const write = (): Promise<void> => {
    last = last
      .catch(() => {})
      .then(() => replace(path, { schema: 'gauntlet/lease/1', ...owner, held: [...held] }))
    return last
  }
  return {
    hold: async (one) => {
      held = [...held, one]
      await write().catch((cause: unknown) => {
        held = held.filter(({ id }) => id !== one.id)
        throw cannotHold(path, cause)
      })
    },
    release: async (id) => {
      if (!held.some((one) => one.id === id)) return
      held = held.filter((one) => one.id !== id)
      await write().catch(() => {})
    },
  }
}

/** The old content or the new one, on disk and never half of it. */
async function replace(path: string, lease: Lease): Promise<void> {
  if (lease.held.length === 0) return rm(path, { force: true })
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  try {
    const file = await open(part, 'w')
    await file.writeFile(`${JSON.stringify(lease, null, 1)}\n`)
    await file.sync()
    await file.close()
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** A name is on disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

const isLease = Compile(Lease)

/** Undefined when there is none; a file that cannot be read as one is an error: somebody must look at it. */
export function readLease(path: string): Lease | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const value = jsonOf(text)
  refuseNewer(path, value)
  if (isLease.Check(value)) return value
  throw new GauntletError('BAD_LEASE', `${path} is no lease`, {
    hint: 'reports/run/lease.schema.json says how it must look; what it held must be taken back by hand',
    exit: 'unproven',
  })
}

function cannotHold(path: string, cause: unknown): GauntletError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new GauntletError(
    isDiskFull(cause) ? 'DISK_FULL' : 'CANNOT_HOLD',
    `the way back cannot be written to ${path}, so nothing is broken: ${why}`,
    { exit: 'machinery', cause, hint: 'free space there, or make it writable; then do it again' },
  )
}
