import type { DiskUndo } from '../../../../reports/run/index.ts'
import type { Look } from './block-device.ts'
import { lineOf } from './seen.ts'

/** Whether anything is left to take back: the group that was made, or in one that was there a limit that was not. */
export function isStillSlow({ group, limits }: Pick<DiskUndo, 'group' | 'limits'>, look: Look): boolean {
  if (group !== undefined) return look.read(`${group}/cgroup.procs`) !== undefined
  return limits.some(({ path, value }) => {
    const now = look.read(path)
    return now !== undefined && !isAsBefore(value, now)
  })
}

/** A disk without a line has no limit. */
function isAsBefore(value: string, now: string): boolean {
  const [disk = '', limit = ''] = value.split(' ')
  const [key = '', before] = limit.split('=')
  const found = lineOf(disk, now).find((word) => word.startsWith(`${key}=`))
  return (found ?? `${key}=max`) === `${key}=${before}`
}
