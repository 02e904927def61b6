import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessIdentity } from '../../reports/run/index.ts'
import { duration } from '../../reports/run/plain.ts'
import { RUN_MARK } from './environment.ts'
import { isLinkProxy, PASSES_ON_MS } from './guardian/link-proxies.ts'
import { commandLine, identify, listPids } from './identity.ts'
import { locksOfRun } from './locks.ts'
import { portHolders } from './ports.ts'

/** Where a run leaves things. */
export interface RunPlaces {
  readonly runId: string
  /** ports on which the run, or the target it started, listens */
  readonly ports: readonly number[]
  readonly scratch: string
  /** the project's folder of leases, each named by its run */
  readonly leases?: string
}

/** Something of ours that should not be there, in words, and how to remove it by hand. */
export interface Leftover {
  readonly what: string
  readonly byHand: string
}

/** What is left over of a run, each in words. */
export async function findLeftovers(places: RunPlaces): Promise<string[]> {
  return (await leftoversOf(places)).map(({ what }) => what)
}

/**
 * What is left over of a run: a live process with its mark, a listener on its ports, a FIFO, lock, lease or browser
 * profile of it. The one definition, for the tests and for `chaos residue`.
 */
export async function leftoversOf({ runId, ports, scratch, leases }: RunPlaces): Promise<Leftover[]> {
  const holders = await Promise.all(ports.map((port) => portHolders(port)))
  return [
    ...markedProcesses(runId).map(processLeft),
    ...ports.flatMap((port, index) =>
      (holders[index] ?? []).map((one) => ({ what: `port ${port} held by ${one}`, byHand: `end ${one}` })),
    ),
    ...entriesBelow(scratch),
    ...locksOfRun(runId).map(({ path, what }) => ({ what: `lock ${path} (${what})`, byHand: `rm ${path}` })),
    ...leasesOfRun(leases, runId),
  ]
}

const processLeft = ({ pid }: ProcessIdentity): Leftover =>
  isLinkProxy({ pid })
    ? {
        what: `process ${pid}, a proxy or resolver that passes on a link that may not go straight, for ${duration(PASSES_ON_MS)} at most`,
        byHand: `lead its link straight, then kill ${pid}`,
      }
    : { what: `process ${pid} (${commandLine(pid)})`, byHand: `kill ${pid}` }

/** Live processes with the run's mark in the environment they were started with; never this one. */
export function markedProcesses(runId: string): ProcessIdentity[] {
  return listPids().flatMap((pid) => {
    const identity = pid === process.pid || !carriesMark(pid, runId) ? undefined : identify(pid)
    return identity === undefined ? [] : [identity]
  })
}

// Linux only: elsewhere no mark is seen.
function carriesMark(pid: number, runId: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${RUN_MARK}=${runId}`)
  } catch {
    return false // it ended, or belongs to another user
  }
}

function entriesBelow(folder: string): Leftover[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entriesBelow(path)
    if (entry.isFIFO()) return [{ what: `FIFO ${path}`, byHand: `rm ${path}` }]
    // Chromium's own marks of a profile in use and of one that was used.
    const isProfile = entry.name === 'SingletonLock' || entry.name === 'Local State'
    return isProfile ? [{ what: `browser profile ${folder}`, byHand: `rm -r ${folder}` }] : []
  })
}

/** The guardian may be removing it in this moment: what is not there any more is not left over. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function leasesOfRun(leases: string | undefined, runId: string): Leftover[] {
  const found = leases === undefined ? [] : entriesOf(leases)
  return found
    .filter(({ name }) => name.includes(runId))
    .map(({ name, parentPath }) => ({
      what: `lease ${join(parentPath, name)}`,
      byHand: 'gauntlet chaos recover takes back what it holds',
    }))
}
