import { basename } from 'node:path'
import { diskOf, type Look } from './block-device.ts'
import { groupsOf } from './cgroups.ts'

export interface SlowDiskWanted {
  /** the process that shall be slowed down */
  readonly pid: number
  /** on the disk in question */
  readonly folder: string
  readonly readBytesPerSecond?: number
  readonly writeBytesPerSecond?: number
  readonly runId: string
}

/** A line to write into a file of the kernel's, and the one that takes it back. */
export interface Write {
  readonly what: 'read' | 'write'
  readonly bytesPerSecond: number
  readonly path: string
  readonly value: string
  readonly previousValue: string
}

/** A group made for one process alone; what is in it goes back `home`, and it is removed. */
export interface OwnGroup {
  readonly folder: string
  readonly home: string
}

/** What is to be done, as data; it may be taken back twice. */
export interface SlowDiskPlan {
  readonly possible: true
  readonly pid: number
  /** MAJOR:MINOR */
  readonly disk: string
  /** the folder of the group that is limited */
  readonly group: string
  readonly ownGroup?: OwnGroup
  readonly limits: readonly Write[]
}

export interface Impossible {
  readonly possible: false
  readonly reason: string
}

/** Whether and how a process's disk can be slowed down by cgroups; touches nothing. */
export function planSlowDisk(wanted: SlowDiskWanted, look: Look): SlowDiskPlan | Impossible {
  const disk = diskOf(wanted.folder, look)
  if (disk === undefined)
    return impossible(`${wanted.folder} stands on no disk that the kernel can slow down`)
  const { blkio, unified } = groupsOf(wanted.pid, look)
  if (blkio !== undefined) return inOwnGroup(wanted, { disk, home: blkio }, look)
  if (unified !== undefined) return inPlace(wanted, { disk, group: unified }, look)
  return impossible(
    'this system has no cgroups that govern disks (no blkio, no cgroup2 below /sys/fs/cgroup)',
  )
}

/**
 * cgroups v1: a group below the one that the process is in. Only its disk is governed by it, as each controller has a tree of
 * its own. Zero takes a limit off (kernel, Documentation/admin-guide/cgroup-v1/blkio-controller).
 */
function inOwnGroup(
  { pid, runId, readBytesPerSecond, writeBytesPerSecond }: SlowDiskWanted,
  { disk, home }: { readonly disk: string; readonly home: string },
  look: Look,
): SlowDiskPlan | Impossible {
  if (!look.isWritable(home)) return impossible(`no permission to make a group in ${home}: run as root`)
  if (OWN_GROUP.test(basename(home)))
    return impossible(`it is in ${home} already, which a slow disk made: see gauntlet chaos residue`)
  const folder = `${home}/gauntlet-${runId}-${pid}`
  const limit = (what: 'read' | 'write', bytesPerSecond: number | undefined): Write[] =>
    bytesPerSecond === undefined
      ? []
      : [
          {
            ...{ what, bytesPerSecond },
            path: `${folder}/blkio.throttle.${what}_bps_device`,
            value: `${disk} ${bytesPerSecond}`,
            previousValue: `${disk} 0`,
          },
        ]
  const limits = [...limit('read', readBytesPerSecond), ...limit('write', writeBytesPerSecond)]
  return { possible: true, pid, disk, group: folder, ownGroup: { folder, home }, limits }
}

/**
 * cgroups v2: one tree for all controllers, so a process that leaves its group leaves its limits of memory too. The limit is
 * put on the group itself, if nobody else is in it.
 */
function inPlace(
  { pid, readBytesPerSecond, writeBytesPerSecond }: SlowDiskWanted,
  { disk, group }: { readonly disk: string; readonly group: string },
  look: Look,
): SlowDiskPlan | Impossible {
  const path = `${group}/io.max`
  const before = look.read(path)
  if (before === undefined)
    return impossible(
      `${group} has no io.max: the io controller must be on in cgroup.subtree_control above it`,
    )
  if (!look.isWritable(path)) return impossible(`no permission to write ${path}: run as root`)
  const others = (look.read(`${group}/cgroup.procs`) ?? '')
    .split('\n')
    .filter((one) => one && one !== `${pid}`)
  if (others.length > 0)
    return impossible(
      `${others.length} more processes are in ${group} and would be slowed down too: give ${pid} a group of its own`,
    )
  const line = before.split('\n').find((one) => one.startsWith(`${disk} `)) ?? ''
  const was = (key: string): string => new RegExp(`\\b${key}=(\\S+)`).exec(line)?.[1] ?? 'max'
  const keys = [
    ...(readBytesPerSecond === undefined
      ? []
      : [{ what: 'read', key: 'rbps', bytesPerSecond: readBytesPerSecond } as const]),
    ...(writeBytesPerSecond === undefined
      ? []
      : [{ what: 'write', key: 'wbps', bytesPerSecond: writeBytesPerSecond } as const]),
  ]
  const held = keys.find(({ key, bytesPerSecond }) => Number(was(key)) <= bytesPerSecond)
  if (held !== undefined)
    return impossible(`${group} may ${held.what} only ${was(held.key)} bytes a second already`)
  const limits = keys.map(({ what, key, bytesPerSecond }) => ({
    ...{ what, bytesPerSecond, path },
    value: `${disk} ${key}=${bytesPerSecond}`,
    previousValue: `${disk} ${key}=${was(key)}`,
  }))
  return { possible: true, pid, disk, group, limits }
}

/** The names of the groups that we make: `gauntlet-RUN-PID`. */
export const OWN_GROUP = /^gauntlet-[a-z0-9-]+$/

function impossible(reason: string): Impossible {
  return { possible: false, reason }
}
