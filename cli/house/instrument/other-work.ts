import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { childrenCpuSeconds, ownCpuSeconds } from '../cpu.ts'

/** USER_HZ; see ../cpu.ts */
const TICKS_PER_SECOND = 100

/**
 * How much of the machine's processors goes to neither us nor the children that we have waited for: to other programs,
 * and to other guests of the host. Known without any look at what a run says of itself. Linux only.
 */
export function watchOtherWork(): { ratio(): number } {
  const before = { busy: busySeconds(), ours: ourSeconds(), atMs: performance.now() }
  return {
    ratio: () => {
      const others = busySeconds() - before.busy - (ourSeconds() - before.ours)
      const seconds = (performance.now() - before.atMs) / 1000
      return Math.max(0, others / (seconds * availableParallelism()))
    },
  }
}

const ourSeconds = (): number => ownCpuSeconds() + childrenCpuSeconds()

/** proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guests are counted in the first two. */
function busySeconds(): number {
  const [total = ''] = readFileSync('/proc/stat', 'latin1').split('\n')
  const ticks = total.trim().split(/\s+/).slice(1, 9).map(Number)
  const [, , , idle = 0, waiting = 0] = ticks
  return (ticks.reduce((sum, one) => sum + one, 0) - idle - waiting) / TICKS_PER_SECOND
}
