import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newRunId } from '../../../reports/run/index.ts'
import { createClock } from '../../process/clock.ts'
import type { Attendance } from '../request.ts'
import { unlessStopped } from '../run.ts'
import { takeLocks } from '../run-locks.ts'
import { type CompareRequest, draftComparison } from './draft-comparison.ts'
import { type CompareResult, recordedComparison } from './recorded-comparison.ts'

/** One comparison: refuse what cannot work, lock, start both sides, load them in turn, end them, judge. */
export async function compare(request: CompareRequest, attendance: Attendance): Promise<CompareResult> {
  const clock = createClock()
  const runId = newRunId(clock.nowUs(), Math.random)
  const scratch = await mkdtemp(join(tmpdir(), `gauntlet-${runId}-`))
  try {
    const draft = await unlessStopped(
      draftComparison(request, { runId, scratch }, attendance),
      attendance.stopper,
    )
    const { base, head } = draft.sides
    const locks = await takeLocks(
      {
        what: `gauntlet compare ${request.base} ${request.head}`,
        runId,
        targets: [base.target, head.target],
        waitForTarget: request.waitForTarget,
      },
      attendance,
    )
    try {
      return await recordedComparison({ request, runId, scratch, clock, draft }, attendance)
    } finally {
      locks.release()
    }
  } finally {
    attendance.progress.end()
    await rm(scratch, { recursive: true, force: true })
  }
}
