import { unlessStopped } from '../execute/stop.ts'
import { withNewRun } from '../new-run.ts'
import type { Attendance } from '../request.ts'
import { underLocks } from '../run-locks.ts'
import { type CompareRequest, draftComparison } from './draft-comparison.ts'
import { type CompareResult, recordedComparison } from './recorded-comparison.ts'

/** One comparison: refuse what cannot work, lock, start both sides, load them in turn, end them, judge. */
export function compare(request: CompareRequest, attendance: Attendance): Promise<CompareResult> {
  return withNewRun(attendance, async (newRun) => {
    const draft = await unlessStopped(draftComparison(request, newRun, attendance), attendance.stopper)
    const { base, head } = draft.sides
    const locks = {
      what: `gauntlet compare ${request.base} ${request.head}`,
      runId: newRun.runId,
      targets: [base.target, head.target],
      waitForTarget: request.waitForTarget,
    }
    return underLocks(locks, attendance, () => recordedComparison({ request, ...newRun, draft }, attendance))
  })
}
