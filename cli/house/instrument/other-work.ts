import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { percent } from '../../../reports/run/words/words.ts'
import { childrenCpuSeconds, ownCpuSeconds } from '../cpu.ts'

/**
 * With more of the processors taken by others a generator may rightly say that it was starved: on two processors 5
 * of 9 runs did beside more than 0.75, none of 16 beside less.
 */
export const MOST_OTHER_WORK = 0.3

export const otherWorkWords = (ratio: number, most = MOST_OTHER_WORK): string =>
  `other programs took ${percent(ratio)} of the processors; ${percent(most)} may be`

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

function busySeconds(): number {
  const ticks = processorTicks()
  const [, , , idle = 0, waiting = 0] = ticks
  return (sumOf(ticks) - idle - waiting) / TICKS_PER_SECOND
}

/**
 * With more stolen, what was measured tells of the host: with nothing stolen, delays of 5 to 50 ms were mostly true to
 * 0.8 ms at p95; with 20 % they were off by 20 ms.
 */
export const MOST_STOLEN = 0.03

/**
 * Of the time that this machine's programs wanted a processor, the part that the host gave to other guests, from 0 to 1.
 * For so long what is measured stood still, and did not know.
 */
export function watchStolen(): { ratio(): number } {
  const before = stolenAndBusySeconds()
  return {
    ratio: () => {
      const after = stolenAndBusySeconds()
      const [stolen, busy] = [after.stolen - before.stolen, after.busy - before.busy]
      return busy === 0 ? 0 : stolen / busy
    },
  }
}

function stolenAndBusySeconds(): { readonly stolen: number; readonly busy: number } {
  const stolen = (processorTicks()[STEAL] ?? 0) / TICKS_PER_SECOND
  return { stolen, busy: busySeconds() }
}

const STEAL = 7

/** proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guests are counted in the first two. */
function processorTicks(): number[] {
  const [total = ''] = readFileSync('/proc/stat', 'latin1').split('\n')
  return total.trim().split(/\s+/).slice(1, 9).map(Number)
}

const sumOf = (ticks: readonly number[]): number => ticks.reduce((sum, one) => sum + one, 0)
