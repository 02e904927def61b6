import type { Machine } from '../../../model/machine.ts'
import type { Look } from './block-device.ts'
import { cgroupMounts } from './cgroups.ts'

/** Whether the kernel can slow the disk of one process here, and may be told to. */
export function lookForSlowDisk(look: Look): Machine {
  const why = whyNone(look)
  return why === undefined ? { has: ['slow-disk'], lacks: {} } : { has: [], lacks: { 'slow-disk': why } }
}

function whyNone(look: Look): string | undefined {
  const { blkio, unified } = cgroupMounts(look.read('/proc/self/mountinfo') ?? '')
  const mount = blkio ?? unified
  if (mount === undefined)
    return 'this system has no cgroups that govern disks (no blkio, no cgroup2 below /sys/fs/cgroup)'
  if (!look.isWritable(mount)) return `no permission to write below ${mount}: run as root`
  const controllers = look.read(`${mount}/cgroup.controllers`) ?? ''
  return blkio === undefined && !controllers.split(/\s/).includes('io')
    ? `${mount} has no io controller`
    : undefined
}
