import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GauntletError, type Lease, type ProcessIdentity } from '../../../reports/run/index.ts'
import { readLease } from '../../process/guardian/lease-file.ts'
import { isAlive } from '../../process/identity.ts'
import { locksOfRun, runsOfLocks } from '../../process/locks.ts'
import { listRuns } from '../record/find-run.ts'
import { leasesFolder, runsFolder } from '../record/runs-folder.ts'

/** A run that this project or this user knows of: by its folder, its lease, or its locks. */
export interface KnownRun {
  readonly id: string
  /** the harness, as long as it lives */
  readonly harness: ProcessIdentity | undefined
  /** guardians that live: they take back what a harness leaves */
  readonly guardians: readonly ProcessIdentity[]
  readonly leasePath: string
  readonly lease: Lease | undefined
  /** why its lease cannot be read: what it holds is known to nobody but its guardians and its journal */
  readonly badLease?: GauntletError
  /** its journal, unless its record is sealed and takes no further word */
  readonly journalPath?: string
  readonly scratches: readonly string[]
}

/** All of them. A mark alone names no run of ours: it may be of another project, with locks of its own. */
export async function knownRuns(projectRoot: string): Promise<KnownRun[]> {
  const ids = new Set([...(await listRuns(projectRoot)), ...leased(projectRoot), ...runsOfLocks()])
  return [...ids].sort().map((id) => knownRun(id, projectRoot))
}

function knownRun(id: string, projectRoot: string): KnownRun {
  const folder = join(runsFolder(projectRoot), id)
  const leasePath = join(leasesFolder(projectRoot), `${id}.json`)
  const { lease, badLease } = leaseIn(leasePath)
  const holders: readonly ProcessIdentity[] = [...(lease === undefined ? [] : [lease]), ...locksOfRun(id)]
  const alive = holders.find(isAlive)
  const isOpen = existsSync(folder) && !existsSync(join(folder, 'evidence', 'index.json'))
  return {
    ...{ id, leasePath, lease },
    ...(badLease === undefined ? {} : { badLease }),
    harness: alive && { pid: alive.pid, startedAt: alive.startedAt },
    guardians: (lease?.guardians ?? []).filter(isAlive),
    ...(isOpen ? { journalPath: join(folder, 'journal.ndjson') } : {}),
    scratches: [...new Set([...(lease === undefined ? [] : [lease.scratch]), ...scratchesOf(id)])],
  }
}

/** One that cannot be read keeps nobody from stopping, or taking back, what other runs did. */
function leaseIn(path: string): Pick<KnownRun, 'lease' | 'badLease'> {
  try {
    return { lease: readLease(path) }
  } catch (error) {
    if (error instanceof GauntletError) return { lease: undefined, badLease: error }
    throw error
  }
}

function leased(projectRoot: string): string[] {
  return namesIn(leasesFolder(projectRoot)).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? [])
}

function scratchesOf(id: string): string[] {
  return namesIn(tmpdir())
    .filter((name) => name.startsWith(`gauntlet-${id}-`))
    .map((name) => join(tmpdir(), name))
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])
