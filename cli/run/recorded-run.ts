import { join } from 'node:path'
import { EXIT, type Outcome, type Plan } from '../../reports/run/index.ts'
import { exitCodeUnjudged } from '../../slo/judge/index.ts'
import { startGuardian } from '../process/guardian/guardian.ts'
import { attemptRun } from './attempt-run.ts'
import type { Draft, DraftInputs } from './draft/draft.ts'
import type { StopReason } from './execute/stop.ts'
import { guardedContext } from './guarded-context.ts'
import { type Judged, judgeFolder, keepVerdict } from './judge/judge-folder.ts'
import { endRecord } from './record/end-record.ts'
import { readTold } from './record/read-record.ts'
import { createRunFolder, type RunFolder } from './record/recorder.ts'
import { leasesFolder, runsFolder } from './record/runs-folder.ts'
import { writeHead } from './record/write-head.ts'
import type { Attendance, RunRequest, RunResult } from './request.ts'
import { saidBy, stoppedBy, unproven, worseOf } from './run-failure.ts'

/** Then one guardian more is worth its memory. */
const breaksAnything = ({ experiments }: Plan, { switches }: RunRequest): boolean =>
  experiments.length + switches.length > 0

interface Inputs extends DraftInputs {
  readonly draft: Draft
}

/** From the run folder's first line to its last: whatever happens in between, it is sealed and nothing is left on. */
export async function recordedRun(inputs: Inputs, attendance: Attendance): Promise<RunResult> {
  const { request, runId, scratch, clock, draft } = inputs
  const { stopper } = attendance
  const folder = join(runsFolder(request.project.root), runId)
  const record = await createRunFolder(folder, clock)
  attendance.progress.planned(draft.plan, runId)
  // first of all, so that the folder of a run that is killed at once can be judged
  await writeHead(draft.plan, { ...inputs, record })
  await record.journal({ kind: 'run-started', run: runId })
  const leases = leasesFolder(request.project.root)
  const guardian = await startGuardian({
    ...{ runId, scratch, journalPath: join(folder, 'journal.ndjson') },
    leasePath: join(leases, `${runId}.json`),
    standIn: breaksAnything(draft.plan, request),
    ...(request.leaseMs === undefined ? {} : { leaseMs: request.leaseMs }),
  })
  const context = guardedContext({ ...inputs, guardian, record }, attendance)
  noteWhenNoticed(record, attendance)
  const ports: number[] = []
  const failure = await attemptRun({ ...inputs, guardian, record, ports }, attendance, context).then(
    () => undefined,
    (error: unknown) => stoppedBy(error, { record, stopper }),
  )
  await guardian.close()
  const outcome = failure === undefined ? outcomeOf(stopper.reason) : 'failed'
  const failed = outcome === 'failed' ? (failure === undefined ? stopper.reason : saidBy(failure)) : undefined
  await endRecord({ record, runId, scratch, ports, leases, outcome, failed }, clock).catch(
    (error: unknown) => {
      throw record.hasLost('undo-failed') || record.hasLost('switch-undo-failed') ? unproven(error) : error
    },
  )
  if (failure !== undefined) throw await worseOf(failure, folder)
  const judged = await judgedUnless(attendance, folder)
  return judged === undefined
    ? { runId, folder, exitCode: exitCodeUnjudged(await readTold(folder)) }
    : { runId, folder, judged, exitCode: judged.verdict.exitCode }
}

/** Nothing is judged, nor written as a verdict, once a person asked twice. */
async function judgedUnless(
  { impatient, progress }: Attendance,
  folder: string,
): Promise<Judged | undefined> {
  if (impatient()) return undefined
  progress.doing('judging')
  const judged = await judgeFolder(folder)
  if (impatient()) return undefined
  await keepVerdict(folder, judged).catch((error: unknown) => {
    throw judged.verdict.exitCode === EXIT.unproven.code ? unproven(error) : error
  })
  return judged
}

function outcomeOf(reason: StopReason | undefined): Exclude<Outcome, 'crashed'> {
  if (reason === undefined) return 'completed'
  return ({ person: 'interrupted', guard: 'aborted', machinery: 'failed' } as const)[reason.by]
}

/** The first time that a person says so while a fault is on. */
function noteWhenNoticed(record: RunFolder, { onNoticed, progress }: Attendance): void {
  let isNoted = false
  onNoticed?.(() => {
    if (isNoted || !record.has('fault-injected')) return
    isNoted = true
    record.journal({ kind: 'people-noticed' }).catch(() => {}) // what broke the record is told already
    progress.fact('noticed')
  })
}
