import type { Look } from './block-device.ts'
import type { SlowDiskPlan } from './plan.ts'

/** What the kernel says of a limit and of what went to the disk through it. */
export interface DiskSeen {
  /** the process is in the group, and every limit stands */
  readonly isHeld: boolean
  /** by the whole group since it was made, read and written */
  readonly bytes: { readonly read: number; readonly write: number }
}

export function diskSeen({ pid, disk, group, limits }: SlowDiskPlan, look: Look): DiskSeen {
  const members = (look.read(`${group}/cgroup.procs`) ?? '').split('\n')
  const stands = ({ path, value }: SlowDiskPlan['limits'][number]): boolean => {
    const [, limit = ''] = value.split(' ')
    return lineOf(disk, look.read(path)).includes(limit)
  }
  return { isHeld: members.includes(`${pid}`) && limits.every(stands), bytes: bytesOf({ disk, group }, look) }
}

/** cgroups v1: `254:0 Write 4096`, a line each; v2: `254:0 rbytes=0 wbytes=4096 …` */
function bytesOf({ disk, group }: Pick<SlowDiskPlan, 'disk' | 'group'>, look: Look): DiskSeen['bytes'] {
  const v1 = look.read(`${group}/blkio.throttle.io_service_bytes`)
  const figure = (what: string): number => {
    const found =
      v1 === undefined
        ? lineOf(disk, look.read(`${group}/io.stat`)).find((one) => one.startsWith(`${what[0]}bytes=`))
        : v1.split('\n').find((line) => line.toLowerCase().startsWith(`${disk} ${what} `))
    return Number(found?.split(/[ =]/).at(-1) ?? 0)
  }
  return { read: figure('read'), write: figure('write') }
}

/** What the kernel says of one disk, word for word. */
export const lineOf = (disk: string, text = ''): string[] =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${disk} `))
    ?.split(' ') ?? []
