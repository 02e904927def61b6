import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Failure } from '../platform/failure.ts'
import { isAlive, type ProcessIdentity, readStartedAt } from '../platform/process-identity.ts'

/** Takes the data folder for this process, or refuses naming who has it. Gives the way to let it go. */
export function lockData(lockFile: string): () => void {
  const own = { pid: process.pid, startedAt: readStartedAt(process.pid) ?? 0 }
  const beside = `${lockFile}.${process.pid}`
  writeFileSync(beside, JSON.stringify(own), { mode: 0o600 })
  try {
    if (!tryLink(beside, lockFile)) {
      takeAway(lockFile)
      if (!tryLink(beside, lockFile)) throw refused(readLock(lockFile))
    }
  } finally {
    rmSync(beside, { force: true })
  }
  return () => rmSync(lockFile, { force: true })
}

/** Whether the Plaza that used this folder last was killed before it could let it go. */
export function isLeftBehind(lockFile: string): boolean {
  const holder = readLock(lockFile)
  return holder !== undefined && !isAlive(holder)
}

/** The live process that holds the lock. */
export function lockHolder(lockFile: string): ProcessIdentity | undefined {
  const holder = readLock(lockFile)
  return holder !== undefined && isAlive(holder) ? holder : undefined
}

/** A stale lock is renamed, so that of two that find it one takes it away; a live one is refused. */
function takeAway(lockFile: string): void {
  const holder = lockHolder(lockFile)
  if (holder !== undefined) throw refused(holder)
  const aside = `${lockFile}.stale.${process.pid}`
  try {
    renameSync(lockFile, aside)
  } catch {
    return
  }
  // Someone may have taken the lock between the look and the rename: then it is theirs, and goes back.
  const moved = lockHolder(aside)
  if (moved !== undefined) tryLink(aside, lockFile)
  rmSync(aside, { force: true })
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readLock(lockFile: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(lockFile, 'utf8'))
    return { pid: Number(pid), startedAt: Number(startedAt) }
  } catch {
    return undefined
  }
}

function refused(holder: ProcessIdentity | undefined): Failure {
  return new Failure(`this data folder is in use by another Plaza, pid ${holder?.pid ?? 'unknown'}`, {
    hint: 'stop it, or choose another folder with --data or another block with --port',
    exitCode: 2,
  })
}
