import { readFileSync } from 'node:fs'

/** How many files a process may have open; the kernel knows no upper bound, or this one. */
export type OpenFilesLimit = number | 'unlimited'

/** The soft limit, as the kernel tells it; undefined when there is no such process, or no /proc. */
export function openFilesLimit(pid: number): OpenFilesLimit | undefined {
  try {
    const found = /^Max open files +(\d+|unlimited) /m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
    return found === undefined || found === 'unlimited' ? found : Number(found)
  } catch {
    return undefined
  }
}

/** The soft limit alone: whoever lowers the hard one cannot raise it again. (prlimit(1)) */
export function prlimitArgs(pid: number, softLimit: OpenFilesLimit): string[] {
  return ['--pid', String(pid), `--nofile=${softLimit}:`]
}
