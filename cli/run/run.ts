import { draftExperiment } from './chaos/draft-experiment.ts'
import { checkPorts, type Draft, type DraftInputs, draftRun } from './draft/draft.ts'
import { draftScript } from './draft/script-draft.ts'
import { unlessStopped } from './execute/stop.ts'
import { withNewRun } from './new-run.ts'
import { recordedRun } from './recorded-run.ts'
import type { Attendance, RunRequest, RunResult } from './request.ts'
import { underLocks } from './run-locks.ts'

/** One run: refuse what cannot work, lock, start, execute, take back, judge, report. */
export function run(request: RunRequest, attendance: Attendance): Promise<RunResult> {
  return withNewRun(attendance, async (newRun) => {
    const inputs = { request, ...newRun }
    const draft = await unlessStopped(draftOf(inputs, attendance), attendance.stopper)
    const locks = {
      what: `gauntlet ${request.experiment === undefined ? '' : 'chaos '}run ${request.plan}`,
      runId: newRun.runId,
      targets: [draft.plan.target],
      waitForTarget: request.waitForTarget,
    }
    return underLocks(locks, attendance, async () => {
      // only now: while another run measures the target, it is the target that holds them
      await checkPorts(request)
      return recordedRun({ ...inputs, draft }, attendance)
    })
  })
}

function draftOf(inputs: DraftInputs, attendance: Attendance): Promise<Draft> {
  const { script, experiment } = inputs.request
  if (script !== undefined) return draftScript(script, inputs, attendance)
  if (experiment !== undefined) return draftExperiment(experiment, inputs, attendance)
  return draftRun(inputs, attendance)
}
