import type { Look } from './block-device.ts'

/** Folders of the groups that a process is in, in the tree that governs disks. */
export interface Groups {
  /** cgroups v1, controller blkio */
  readonly blkio?: string
  /** cgroups v2 */
  readonly unified?: string
}

/** Both can be mounted beside each other; then the disks are governed by the one that has blkio. */
export function groupsOf(pid: number, look: Look): Groups {
  const mounts = cgroupMounts(look.read('/proc/self/mountinfo') ?? '')
  const memberships = (look.read(`/proc/${pid}/cgroup`) ?? '').split('\n').map(membership)
  const blkioPath = memberships.find(({ controllers }) => controllers.includes('blkio'))?.path
  const unifiedPath = memberships.find(({ hierarchy }) => hierarchy === '0')?.path
  return {
    ...(mounts.blkio !== undefined && blkioPath !== undefined && { blkio: below(mounts.blkio, blkioPath) }),
    ...(mounts.unified !== undefined &&
      unifiedPath !== undefined && { unified: below(mounts.unified, unifiedPath) }),
  }
}

/** Elsewhere a way back could be any file: what is read from a journal is only written below it. */
const BELOW = '/sys/fs/cgroup'

/** proc_pid_mountinfo(5): mount point in field 5, after a lone dash the type, the source and the options of the file system. */
export function cgroupMounts(mountinfo: string): { readonly blkio?: string; readonly unified?: string } {
  const all = mountinfo.split('\n').map((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const [type, , options = ''] = after.split(' ')
    return { point: before.split(' ')[4], type, options: options.split(',') }
  })
  const mounts = all.filter(({ point = '' }) => point === BELOW || point.startsWith(`${BELOW}/`))
  const blkio = mounts.find(({ type, options }) => type === 'cgroup' && options.includes('blkio'))?.point
  const unified = mounts.find(({ type }) => type === 'cgroup2')?.point
  return { ...(blkio !== undefined && { blkio }), ...(unified !== undefined && { unified }) }
}

/** cgroups(7): HIERARCHY:CONTROLLERS:PATH */
function membership(line: string) {
  const [hierarchy, controllers = '', ...path] = line.split(':')
  return { hierarchy, controllers: controllers.split(','), path: path.join(':') }
}

function below(mount: string, path: string): string {
  return path === '/' ? mount : mount + path
}
