import { existsSync, globSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Starvation } from './starvation.ts'

/** The processor controller of cgroup v1 (kernel documentation, scheduler/sched-bwc). */
const GROUPS = '/sys/fs/cgroup/cpu'
const NAME = 'gauntlet-starved-'
const PERIOD_US = 100_000
/** k6 takes about a fifth of a processor for what it is to do here. */
const [MOST_RATIO, LEAST_RATIO] = [0.06, 0.02]

/** As a container with too small a limit: k6 may run for a few ms of each 100. */
export const quota: Starvation = {
  name: 'quota',
  whyNot: () =>
    process.getuid?.() === 0 && existsSync(join(GROUPS, 'cpu.cfs_quota_us'))
      ? undefined
      : 'it takes root and the cpu controller of cgroup v1',
  starve: async ({ k6, exec, reached }, { harshness, lengthMs }) => {
    const ratio = MOST_RATIO + harshness * (LEAST_RATIO - MOST_RATIO)
    removeEmptyGroups()
    const group = join(GROUPS, `${NAME}${k6.pid}`)
    mkdirSync(group)
    try {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US))
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(Math.round(ratio * PERIOD_US)))
      writeFileSync(join(group, 'cgroup.procs'), String(k6.pid))
      await reached(lengthMs)
    } finally {
      if (exec.isAlive(k6)) release(k6.pid)
      rmdirSync(group)
    }
  },
}

/** Left by a proof that was killed: who was in them has ended since. */
function removeEmptyGroups(): void {
  for (const group of globSync(join(GROUPS, `${NAME}*`)))
    try {
      rmdirSync(group)
    } catch {
      // in use by another proof
    }
}

function release(pid: number): void {
  try {
    writeFileSync(join(GROUPS, 'cgroup.procs'), String(pid))
  } catch {
    // it ended between the look and this: then nothing is in the group
  }
}
