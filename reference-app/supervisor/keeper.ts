/**
 * The keeper: a small process that outlives the supervisor by seconds. It reads on its stdin which children
 * there are; when that pipe ends, however the supervisor ended, it ends every child that is still there, by pid
 * and start time. It runs in a session of its own, so that what kills the supervisor's group leaves it alone.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { readLines } from '../platform/lines.ts'
import { isAlive, type ProcessIdentity, signalProcess } from '../platform/process-identity.ts'

export interface Kept extends ProcessIdentity {
  /** From gentle to certain, one signal a second. */
  readonly endings: readonly NodeJS.Signals[]
}

let children: readonly Kept[] = []

readLines(process.stdin, (line) => {
  children = JSON.parse(line)
})
process.stdin.on('end', () => void endAll())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function endAll(): Promise<void> {
  for (let round = 0; round < 4 && children.some(isAlive); round += 1) {
    for (const child of children) signalProcess(child, child.endings[round] ?? 'SIGKILL')
    await untilGone(800)
  }
}

async function untilGone(withinMs: number): Promise<void> {
  const end = performance.now() + withinMs
  while (performance.now() < end && children.some(isAlive)) await sleep(20)
}
