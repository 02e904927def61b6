import { readFileSync } from 'node:fs'

/** CPU-seconds of this process so far, user and system. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** USER_HZ, which Linux fixes at 100 for every program, whatever the kernel's own tick is (time(7)). */
const TICKS_PER_SECOND = 100

/**
 * CPU-seconds of all children that have ended and been waited for, and of theirs (proc_pid_stat(5): cutime, cstime).
 * Children that nobody waited for are missing: end each in good order before this is read. Linux only.
 */
export function childrenCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [userTicks, systemTicks] = [fields[16 - 3], fields[17 - 3]]
  return (Number(userTicks) + Number(systemTicks)) / TICKS_PER_SECOND
}

/** What a piece of work cost, its ended children included. */
export async function costOf(operations: number, work: () => Promise<void>) {
  const before = { cpu: ownCpuSeconds() + childrenCpuSeconds(), wallMs: performance.now() }
  await work()
  return {
    operations,
    cpuSeconds: ownCpuSeconds() + childrenCpuSeconds() - before.cpu,
    wallSeconds: (performance.now() - before.wallMs) / 1000,
  }
}
