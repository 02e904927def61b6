import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, newRunId } from '../../reports/run/index.ts'
import { createClock } from '../process/clock.ts'
import type { Attendance } from './request.ts'

/** What is known of a run before anything else. */
export interface NewRun {
  readonly runId: string
  /** when the command began */
  readonly startedUs: number
  /** a folder of its own for what nobody keeps */
  readonly scratch: string
  readonly clock: Clock
}

/** Gives a new run its id and its folder; however it ends, the folder is gone and the progress with it. */
export async function withNewRun<Result>(
  { progress }: Attendance,
  work: (run: NewRun) => Promise<Result>,
): Promise<Result> {
  const clock = createClock()
  const startedUs = clock.nowUs()
  const runId = newRunId(startedUs, Math.random)
  const scratch = await mkdtemp(join(tmpdir(), `gauntlet-${runId}-`))
  try {
    return await work({ runId, startedUs, scratch, clock })
  } finally {
    progress.end()
    await rm(scratch, { recursive: true, force: true })
  }
}
