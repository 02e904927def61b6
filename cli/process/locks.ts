import { randomInt } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProcessIdentity } from '../../reports/run/index.ts'
import { GauntletError, jsonOf } from '../../reports/run/plain.ts'
import { identify, isAlive } from './identity.ts'

/** The content of a claim. Who holds it stands in its file's name, so that a half-written one is no riddle. */
interface Claim {
  readonly schema: 'gauntlet/lock/1'
  /** what it is held for, said to people */
  readonly what: string
  readonly run: string | null
  /** ISO 8601, said to people */
  readonly since: string
}

export interface LockHolder extends ProcessIdentity, Omit<Claim, 'schema'> {
  readonly name: string
  readonly path: string
}

export interface Lock extends Disposable {
  release(): void
}

export interface LockRequest {
  /** said to whom finds it taken: `gauntlet run release-gate` */
  readonly what: string
  readonly run?: string
  /** how long to wait for another's; 0 asks once */
  readonly waitMs: number
  readonly signal?: AbortSignal
  /** told once when it has to wait */
  readonly onWait?: (holder: LockHolder) => void
}

const POLL_MS = 100
let claims = 0

/**
 * Takes a lock of this machine and user, or throws LOCKED naming the holder.
 *
 * A lock is a set of claims, one file each, named by (pid, start time). Whoever sees no live claim but his own holds
 * it; two who see each other both withdraw and draw again. So nobody ever removes a file that another may have
 * replaced: a dead one's name is never used twice.
 */
export async function acquire(name: string, request: LockRequest): Promise<Lock> {
  const until = performance.now() + request.waitMs
  let told = false
  for (;;) {
    request.signal?.throwIfAborted()
    const [holder] = holdersOf(name)
    if (holder === undefined) {
      const mine = claim(name, request)
      if (holdersOf(name).every((one) => one.path === mine)) return lockAt(mine)
      rmSync(mine, { force: true })
      await pause(randomInt(5, 50))
    } else {
      if (performance.now() >= until) throw locked(name, holder)
      if (!told) request.onWait?.(holder)
      told = true
      await pause(Math.min(POLL_MS, request.waitMs))
    }
  }
}

/** Live claims on a lock; claims of the dead are removed on the way. */
export function holdersOf(name: string): LockHolder[] {
  return listLocks().filter((holder) => {
    if (holder.name !== name) return false
    if (!isAlive(holder)) rmSync(holder.path, { force: true })
    return isAlive(holder)
  })
}

/** Claims made for a run, whether their process lives or not. */
export function locksOfRun(runId: string): LockHolder[] {
  return listLocks().filter((holder) => holder.run === runId)
}

/** Every run that this user's locks name, whether it lives or not. */
export function runsOfLocks(): string[] {
  return [...new Set(listLocks().flatMap(({ run }) => run ?? []))]
}

export function locksFolder(): string {
  const folder = process.env['GAUNTLET_LOCKS'] ?? join(tmpdir(), `gauntlet-locks-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(folder)
  if (uid === userInfo().uid || process.platform === 'win32') return folder
  throw new GauntletError(
    'LOCKS_FOREIGN',
    `the folder of locks ${folder} belongs to user ${uid}, not to us`,
    {
      hint: 'remove it, or name another folder in GAUNTLET_LOCKS',
    },
  )
}

function claim(name: string, request: LockRequest): string {
  const me = identify(process.pid)
  const path = join(locksFolder(), `${name}.${process.pid}.${me?.startedAt}.${++claims}.lock`)
  const content: Claim = {
    schema: 'gauntlet/lock/1',
    what: request.what,
    run: request.run ?? null,
    since: new Date().toISOString(),
  }
  writeFileSync(path, `${JSON.stringify(content)}\n`, { flag: 'wx' })
  return path
}

function lockAt(path: string): Lock {
  const release = (): void => rmSync(path, { force: true })
  return { release, [Symbol.dispose]: release }
}

function listLocks(): LockHolder[] {
  const folder = locksFolder()
  return readdirSync(folder).flatMap((file) => {
    const [, name, pid, startedAt] = /^(.+)\.(\d+)\.(\d+)\.\d+\.lock$/.exec(file) ?? []
    if (name === undefined) return []
    const path = join(folder, file)
    return [{ name, path, pid: Number(pid), startedAt: Number(startedAt), ...readClaim(path) }]
  })
}

function readClaim(path: string): Omit<Claim, 'schema'> {
  try {
    const value = jsonOf(readFileSync(path, 'utf8'))
    if (isClaim(value)) return value
  } catch {
    // removed since it was listed
  }
  return { what: 'not yet said', run: null, since: 'just now' } // half of it is written
}

function isClaim(value: unknown): value is Claim {
  if (typeof value !== 'object' || value === null) return false
  const { schema, what, run, since }: { readonly [Key in keyof Claim]?: unknown } = value
  const isRun = run === null || typeof run === 'string'
  return schema === 'gauntlet/lock/1' && isRun && [what, since].every((one) => typeof one === 'string')
}

function locked(name: string, holder: LockHolder): GauntletError {
  return new GauntletError(
    'LOCKED',
    `${name} is held by process ${holder.pid} (${holder.what}) since ${holder.since}`,
    { hint: `wait for it to end, or end it: kill ${holder.pid}` },
  )
}
