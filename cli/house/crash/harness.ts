import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { duration } from '../../../reports/run/index.ts'
import { identify, isStopped } from '../../process/identity.ts'
import type { CrashPoint } from './points.ts'
import type { CrashProject } from './project.ts'

/** The fault is on for so long when nothing happens to it. */
const FAULT = '1s'
/** Of a target that is dead it looks for the fault for long, and 16 begin at once; to end it would be one more crash. */
const ENDS_WITHIN_MS = 180_000
const LATE = `the harness did not end within ${duration(ENDS_WITHIN_MS)}`
export const LOOK_EVERY_MS = 25

/** A process of gauntlet that is to come to grief. */
export interface Harness {
  /** resolves with the exit code; null when a signal ended it */
  readonly ended: Promise<number | null>
  isOver(): boolean
  /** in words, when it did not end by itself in the time that it has */
  late(): readonly string[]
}

/** Runs the one experiment of a project; what the crash needs to know goes with it. */
export function startHarness(
  point: CrashPoint,
  { folder, root, disk, said, ready, go }: CrashProject,
  { leaseMs, target }: { leaseMs: number; target: number },
): Harness {
  const here = import.meta.dirname
  const command = [
    'chaos',
    'run',
    'break-it',
    '--no-load',
    '--for',
    FAULT,
    '--lease',
    `${leaseMs}ms`,
    '--plain',
  ]
  const child = spawn(
    process.execPath,
    ['--import', join(here, 'crash-here.ts'), join(here, '../../gauntlet.cjs'), ...command],
    {
      cwd: root,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: join(folder, 'tmp'),
        // else each would compile everything anew
        NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
        GAUNTLET_LOCKS: join(folder, 'locks'),
        GAUNTLET_CRASH: JSON.stringify({ point, said, ready, go, disk, target }),
      },
    },
  )
  let isOver = false
  const late: string[] = []
  const limit = setTimeout(() => {
    const itself = identify(child.pid)
    late.push(itself !== undefined && isStopped(itself) ? `${LATE}: it is stopped` : LATE)
    child.kill('SIGKILL')
  }, ENDS_WITHIN_MS)
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => {
    clearTimeout(limit)
    isOver = true
    return code ?? null
  })
  return { ended, isOver: () => isOver, late: () => late }
}

/** Waits until the harness has written it, or is over. */
export async function isThere(path: string, harness: Harness): Promise<void> {
  while (!existsSync(path) && !harness.isOver()) await pause(LOOK_EVERY_MS)
}
