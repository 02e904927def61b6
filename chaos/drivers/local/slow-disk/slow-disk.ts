import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DiskUndo } from '../../../../reports/run/index.ts'
import type { Look } from './block-device.ts'
import { groupsOf } from './cgroups.ts'
import type { OwnGroup, SlowDiskPlan } from './plan.ts'

const MOST_LOOKS = 10
const LOOK_AGAIN_MS = 20

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

/** The process and what it has started: both write to the disk. The caller has seen that the pid is still the one it means. */
export async function slowDown({ pid, ownGroup, limits }: SlowDiskPlan): Promise<void> {
  if (ownGroup !== undefined) await mkdir(ownGroup.folder)
  for (const { path, value } of limits) await writeFile(path, value)
  if (ownGroup === undefined) return
  await writeFile(`${ownGroup.folder}/cgroup.procs`, `${pid}`)
  for (const one of descendants(pid).filter((child) => groupsOf(child, lookHere).blkio === ownGroup.home))
    await unlessGone(writeFile(`${ownGroup.folder}/cgroup.procs`, `${one}`))
}

/**
 * The limits first, so that what waits for the disk goes on at once. Whoever is in the group goes home, children that were
 * born in it too, and nobody else: a pid that was given to another process since is not touched. May be done twice.
 */
export async function takeBack({ group, limits }: Pick<DiskUndo, 'group' | 'limits'>): Promise<void> {
  for (const { path, value } of limits) await unlessGone(writeFile(path, value, { flag: 'r+' }))
  if (group !== undefined) await sendHome({ folder: group, home: dirname(group) })
}

/** The way back, as data. */
export function undoOf({ ownGroup, limits }: SlowDiskPlan): Pick<DiskUndo, 'group' | 'limits'> {
  return {
    ...(ownGroup && { group: ownGroup.folder }),
    limits: limits.map(({ path, previousValue }) => ({ path, value: previousValue })),
  }
}

/** Of all its threads, and theirs; those that are born later are born into its group. */
function descendants(pid: number): number[] {
  const tasks = orUndefined(() => readdirSync(`/proc/${pid}/task`)) ?? []
  const children = tasks.flatMap((task) =>
    (lookHere.read(`/proc/${pid}/task/${task}/children`) ?? '').split(' '),
  )
  return children
    .filter((one) => one.trim() !== '')
    .flatMap((one) => [Number(one), ...descendants(Number(one))])
}

/** Children that are born meanwhile are found when it is looked again; if they never end, the group cannot be removed. */
async function sendHome({ folder, home }: OwnGroup): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    const members = (await unlessGone(readFile(`${folder}/cgroup.procs`, 'utf8'))) ?? ''
    for (const pid of members.split('\n').filter(Boolean))
      await unlessGone(writeFile(`${home}/cgroup.procs`, pid, { flag: 'r+' }))
    try {
      return await unlessGone(rmdir(folder))
    } catch (cause) {
      // one that is ending is no member any more, and still in it
      if (looks === MOST_LOOKS || codeOf(cause) !== 'EBUSY') throw cause
      await pause(LOOK_AGAIN_MS)
    }
  }
}

/** The group (ENOENT, ENODEV), or the process (ESRCH), is gone already: nothing is left to do. */
async function unlessGone<Value>(act: Promise<Value>): Promise<Value | undefined> {
  try {
    return await act
  } catch (cause) {
    if (['ENOENT', 'ESRCH', 'ENODEV'].includes(codeOf(cause))) return undefined
    throw cause
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''

function orUndefined<Value>(look: () => Value): Value | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
