import type { RunContext } from '../../reports/run/index.ts'
import { createExec } from '../process/exec.ts'
import type { Guardian } from '../process/guardian/guardian.ts'
import { createHttp } from '../process/http.ts'
import type { NewRun } from './new-run.ts'
import type { RunFolder } from './record/recorder.ts'
import type { Attendance, RunRequest } from './request.ts'
import { saidBy } from './run-failure.ts'

interface Guarded extends NewRun {
  readonly request: Pick<RunRequest, 'project'>
  readonly guardian: Guardian
  readonly record: RunFolder
}

/** What a run does to the world goes through here: its programs are the guardian's, what it sees stands in its folder. */
export function guardedContext(
  { request, runId, scratch, clock, guardian, record }: Guarded,
  attendance: Attendance,
): RunContext {
  stopWhenLost({ guardian, record }, attendance)
  return {
    ...{ runId, scratch, projectRoot: request.project.root, clock, record },
    exec: createExec({ runId, guardian }),
    http: createHttp(),
    log: attendance.progress,
    signal: attendance.stopper.signal,
  }
}

/** Without the guardian nothing would be taken back, without the record nothing could be proven: both end the run. */
function stopWhenLost(
  { guardian, record }: Pick<Guarded, 'guardian' | 'record'>,
  { stopper }: Attendance,
): void {
  const stop = (error: unknown): void => stopper.stop({ by: 'machinery', ...saidBy(error) })
  guardian.lost.addEventListener('abort', () => stop(guardian.lost.reason), { once: true })
  void record.broken.then(stop)
  stopper.signal.addEventListener(
    'abort',
    () => {
      const { by, reason } = stopper.reason!
      record.journal({ kind: 'stopped', by, reason }).catch(() => {}) // what broke the record is told already
    },
    { once: true },
  )
}
