import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../platform/failure.ts'
import { readStartedAt } from '../platform/process-identity.ts'

/** Waits for the PostgreSQL of a Plaza that was killed: its keeper stops it within about two seconds. */
export async function untilLetGo(cluster: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
    const pid = runningOn(cluster)
    if (pid === undefined) return
    await sleep(50)
  }
  throw new Failure(`PostgreSQL (pid ${runningOn(cluster)}) of an earlier Plaza still runs`, {
    hint: 'end that process, then start again',
    exitCode: 2,
  })
}

/** The pid in PostgreSQL's own lock file, when such a process lives and works in this folder. */
function runningOn(cluster: string): number | undefined {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  return readStartedAt(pid) !== undefined && worksIn(pid, cluster) ? pid : undefined
}

function worksIn(pid: number, folder: string): boolean {
  const command = `/proc/${pid}/cmdline`
  return !existsSync(command) || readFileSync(command, 'utf8').includes(folder)
}
