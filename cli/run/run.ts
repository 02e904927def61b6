import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, newRunId } from '../../reports/run/index.ts'
import type { Project } from '../config/load-config.ts'
import { createClock } from '../process/clock.ts'
import type { Progress } from '../terminal/progress.ts'
import { checkPorts, draftRun } from './draft.ts'
import type { Judged } from './judge-folder.ts'
import { recordedRun } from './recorded-run.ts'
import { takeLocks } from './run-locks.ts'
import { draftScript, type ScriptRequest } from './script-draft.ts'
import type { Stopper } from './stop.ts'

export interface RunRequest {
  readonly project: Project
  readonly plan: string
  /** in place of a plan of the project */
  readonly script?: ScriptRequest
  readonly switches: readonly string[]
  readonly port?: number
  /** file with the description of a target that is already running */
  readonly targetFile?: string
  readonly waitForTarget: boolean
  readonly allowUndecidable: boolean
  readonly seed: number
}

/** Whoever watches the run and may stop it. */
export interface Attendance {
  readonly progress: Progress
  readonly stopper: Stopper
  /** true once a person asked twice: no judging, but still undo */
  impatient(): boolean
}

export interface RunResult {
  readonly runId: string
  readonly folder: string
  readonly exitCode: number
  /** absent when a person did not want to wait for it */
  readonly judged?: Judged
}

/** The folder of a project's runs. */
export function runsFolder(projectRoot: string): string {
  return join(projectRoot, '.gauntlet', 'runs')
}

/** One run: refuse what cannot work, lock, start, execute, take back, judge, report. */
export async function run(request: RunRequest, attendance: Attendance): Promise<RunResult> {
  const clock: Clock = createClock()
  const startedUs = clock.nowUs()
  const runId = newRunId(startedUs, Math.random)
  const scratch = await mkdtemp(join(tmpdir(), `gauntlet-${runId}-`))
  try {
    const inputs = { request, runId, startedUs, scratch, clock }
    const { script } = request
    const draft = await unlessStopped(
      script === undefined ? draftRun(inputs, attendance) : draftScript(script, inputs, attendance),
      attendance.stopper,
    )
    const locks = await takeLocks(
      {
        what: `gauntlet run ${request.plan}`,
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

/** Before anything acts, a stop simply ends the command. */
export async function unlessStopped<Value>(work: Promise<Value>, { signal }: Stopper): Promise<Value> {
  const stopped = Promise.withResolvers<never>()
  const onAbort = (): void => stopped.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return Promise.race([work, stopped.promise]).finally(() => signal.removeEventListener('abort', onAbort))
}
