import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, newRunId } from '../../reports/run/index.ts'
import { createClock } from '../process/clock.ts'
import { draftExperiment } from './chaos/draft-experiment.ts'
import { checkPorts, type Draft, type DraftInputs, draftRun } from './draft/draft.ts'
import { draftScript } from './draft/script-draft.ts'
import type { Stopper } from './execute/stop.ts'
import { recordedRun } from './recorded-run.ts'
import type { Attendance, RunRequest, RunResult } from './request.ts'
import { takeLocks } from './run-locks.ts'

/** One run: refuse what cannot work, lock, start, execute, take back, judge, report. */
export async function run(request: RunRequest, attendance: Attendance): Promise<RunResult> {
  const clock: Clock = createClock()
  const startedUs = clock.nowUs()
  const runId = newRunId(startedUs, Math.random)
  const scratch = await mkdtemp(join(tmpdir(), `gauntlet-${runId}-`))
  try {
    const inputs = { request, runId, startedUs, scratch, clock }
    const draft = await unlessStopped(draftOf(inputs, attendance), attendance.stopper)
    const locks = await takeLocks(
      {
        what: `gauntlet ${request.experiment === undefined ? '' : 'chaos '}run ${request.plan}`,
        runId,
        targets: [draft.plan.target],
        waitForTarget: request.waitForTarget,
      },
      attendance,
    )
    try {
      // only now: while another run measures the target, it is the target that holds them
      await checkPorts(request)
      return await recordedRun({ ...inputs, draft }, attendance)
    } finally {
      locks.release()
    }
  } finally {
    attendance.progress.end()
    await rm(scratch, { recursive: true, force: true })
  }
}

function draftOf(inputs: DraftInputs, attendance: Attendance): Promise<Draft> {
  const { script, experiment } = inputs.request
  if (script !== undefined) return draftScript(script, inputs, attendance)
  if (experiment !== undefined) return draftExperiment(experiment, inputs, attendance)
  return draftRun(inputs, attendance)
}

/** Before anything acts, a stop simply ends the command. */
export async function unlessStopped<Value>(work: Promise<Value>, { signal }: Stopper): Promise<Value> {
  const stopped = Promise.withResolvers<never>()
  const onAbort = (): void => stopped.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return Promise.race([work, stopped.promise]).finally(() => signal.removeEventListener('abort', onAbort))
}
