import { readdirSync, readFileSync } from 'node:fs'

/**
 * How long the threads of a program were ready to run and waited for a processor, all together: the second number of
 * each thread's schedstat, in nanoseconds (Documentation/scheduler/sched-stats.rst). That of the process itself tells of
 * its first thread only, which in a Go program does next to nothing. Null where there is no such file: on other systems
 * than Linux, and once the program is gone.
 */
export function schedulerDelayMs(pid: number): number | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.reduce((sum, thread) => sum + delayNs(`/proc/${pid}/task/${thread}`), 0) / 1e6
  } catch {
    return null
  }
}

/** A thread that has just ended counts no more. */
function delayNs(thread: string): number {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'latin1').split(' ')[1])
  } catch {
    return 0
  }
}
