import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import type { Look } from './block-device.ts'
import { cgroupMounts } from './cgroups.ts'
import { groupPrefix, type OwnGroup, type SlowDiskPlan } from './plan.ts'

const MOST_LOOKS = 10

/** Looks at this system. */
export const lookHere: Look = {
  read: (path) => orUndefined(() => readFileSync(path, 'utf8')),
  isWritable: (path) =>
    orUndefined(() => {
      accessSync(path, constants.W_OK)
      return true
    }) ?? false,
  deviceNumber: (folder) => orUndefined(() => statSync(folder).dev),
}

/** The caller has seen that the pid is still the process it means. */
export async function slowDown({ pid, ownGroup, limits }: SlowDiskPlan): Promise<void> {
  if (ownGroup !== undefined) await mkdir(ownGroup.folder)
  for (const { path, value } of limits) await writeFile(path, value)
  if (ownGroup !== undefined) await writeFile(`${ownGroup.folder}/cgroup.procs`, `${pid}`)
}

/**
 * The limits first, so that what waits for the disk goes on at once. Whoever is in the group goes home, children that were
 * born in it too, and nobody else: a pid that was given to another process since is not touched. May be done twice.
 */
export async function takeBack({ ownGroup, limits }: SlowDiskPlan): Promise<void> {
  for (const { path, previousValue } of limits)
    await unlessGone(writeFile(path, previousValue, { flag: 'r+' }))
  if (ownGroup === undefined) return
  await sendHome(ownGroup)
}

/** Children that are born meanwhile are found when it is looked again; if they never end, the group cannot be removed. */
async function sendHome({ folder, home }: OwnGroup): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const members = (await unlessGone(readFile(`${folder}/cgroup.procs`, 'utf8'))) ?? ''
    const pids = members.split('\n').filter(Boolean)
    if (pids.length === 0) break
    for (const pid of pids) await unlessGone(writeFile(`${home}/cgroup.procs`, pid, { flag: 'r+' }))
  }
  await unlessGone(rmdir(folder))
}

/** Groups of this run that a carrier left when it was killed; with every limit in them gone once they are sent home. */
export async function takeBackLeft(runId: string): Promise<void> {
  const mount = cgroupMounts(lookHere.read('/proc/self/mountinfo') ?? '').blkio
  if (mount === undefined) return
  await sendHomeBelow(mount, groupPrefix(runId))
}

async function sendHomeBelow(home: string, prefix: string): Promise<void> {
  const entries = (await unlessGone(readdir(home, { withFileTypes: true }))) ?? []
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const folder = `${home}/${name}`
    await (name.startsWith(prefix) ? sendHome({ folder, home }) : sendHomeBelow(folder, prefix))
  }
}

/** The group (ENOENT, ENODEV), or the process (ESRCH), is gone already: nothing is left to do. */
async function unlessGone<Value>(act: Promise<Value>): Promise<Value | undefined> {
  try {
    return await act
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENODEV') return undefined
    throw cause
  }
}

function orUndefined<Value>(look: () => Value): Value | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
