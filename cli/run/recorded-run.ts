import { rm } from 'node:fs/promises'
import { availableParallelism, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { experimentDriver } from '../../chaos/index.ts'
import {
  type Control,
  EXIT,
  GauntletError,
  type Outcome,
  type Plan,
  type Run,
  type RunContext,
} from '../../reports/run/index.ts'
import { k6Driver } from '../../scenarios/drivers/k6/index.ts'
import { lighthouseDriver } from '../../scenarios/drivers/lighthouse/index.ts'
import { entryFile } from '../process/entry.ts'
import { createExec } from '../process/exec.ts'
import { type Guardian, startGuardian } from '../process/guardian.ts'
import { createHttp } from '../process/http.ts'
import { findLeftovers } from '../process/marks.ts'
import { version } from '../version.ts'
import type { Draft, DraftInputs } from './draft.ts'
import { type Drivers, execute } from './execute.ts'
import { type Judged, judgeFolder, keepVerdict } from './judge-folder.ts'
import { createRunFolder, type RunFolder } from './recorder.ts'
import { type Attendance, type RunRequest, type RunResult, runsFolder } from './run.ts'
import type { StopReason } from './stop.ts'
import { openTarget, type TargetOptions } from './target.ts'

interface Inputs extends DraftInputs {
  readonly draft: Draft
}

/** From the run folder's first line to its last: whatever happens in between, it is sealed and nothing is left on. */
export async function recordedRun(inputs: Inputs, attendance: Attendance): Promise<RunResult> {
  const { request, runId, scratch, clock, draft } = inputs
  const folder = join(runsFolder(request.project.root), runId)
  const record = await createRunFolder(folder, clock)
  attendance.progress.planned(draft.plan, runId)
  const guardian = await startGuardian({ runId, journalPath: join(folder, 'journal.ndjson'), scratch })
  const { stopper } = attendance
  const context: RunContext = {
    runId,
    scratch,
    projectRoot: request.project.root,
    clock,
    exec: createExec({ runId, guardian }),
    http: createHttp(),
    log: attendance.progress,
    signal: stopper.signal,
    record,
  }
  stopWhenLost({ guardian, record }, attendance)
  const undos = watchUndos(record)
  const failure = await attempt({ ...inputs, guardian, record }, attendance, context).then(
    () => undefined,
    (error: unknown) => (stopper.signal.aborted ? undefined : error),
  )
  await guardian.close()
  await endRecord({
    record,
    runId,
    scratch,
    outcome: failure === undefined ? outcomeOf(stopper.reason) : 'failed',
  })
  if (failure !== undefined) throw failure
  if (attendance.impatient())
    return { runId, folder, exitCode: undos.failed ? EXIT.unproven.code : EXIT.stopped.code }
  const result = await judged(folder, attendance)
  return { runId, folder, judged: result, exitCode: result.verdict.exitCode }
}

/** What a run that is not judged must still say: whether someone has to look. */
function watchUndos(record: RunFolder): { readonly failed: boolean } {
  const undos = { failed: false }
  const fail = (): void => {
    undos.failed = true
  }
  void Promise.race([record.seen('undo-failed'), record.seen('switch-undo-failed')]).then(fail)
  return undos
}

/** Without the guardian nothing would be taken back, without the record nothing could be proven: both end the run. */
function stopWhenLost(
  { guardian, record }: { guardian: Guardian; record: RunFolder },
  { stopper }: Attendance,
): void {
  const stop = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error)
    const hint = error instanceof GauntletError ? error.hint : undefined
    stopper.stop({ by: 'machinery', reason, ...(hint === undefined ? {} : { hint }) })
  }
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

interface Attempt extends Inputs {
  readonly guardian: Guardian
  readonly record: RunFolder
}

async function attempt(inputs: Attempt, { stopper }: Attendance, context: RunContext): Promise<void> {
  const { request, draft, guardian, record } = inputs
  await record.journal({ kind: 'run-started', run: inputs.runId })
  await writeHead(draft.plan, inputs)
  context.log.doing('starting the target')
  const target = await openTarget(
    {
      config: targetConfig(request, draft),
      ...(request.port === undefined ? {} : { port: request.port }),
    },
    context,
  )
  try {
    const plan = draft.planFor(target.description)
    await writeHead(plan, inputs)
    const { name, version } = target.description
    await record.journal({ kind: 'target-ready', name, version })
    context.log.fact(`ready: ${inWords(plan)}`)
    await execute(
      {
        plan,
        drivers: driversFor(plan, inputs, target.control),
        control: target.control,
        keeper: guardian,
        switches: request.switches,
        stopper,
        seen: record.seen,
      },
      context,
    )
  } finally {
    context.log.doing('ending the target')
    await target.close()
  }
}

/** A running target is not started again: it is as its description says. */
function targetConfig({ project, targetFile }: RunRequest, { plan }: Draft): TargetOptions['config'] {
  const { target } = project.config
  if (targetFile === undefined) return target
  const { schema: _, ...description } = plan.target
  return { ...(target.ready === undefined ? {} : { ready: target.ready }), description }
}

async function writeHead(plan: Plan, { request, runId, clock, record }: Attempt): Promise<void> {
  const { k6, node } = plan.tools
  const head: Run = {
    schema: 'gauntlet/run/1',
    id: runId,
    plan: plan.name,
    startedAtUs: Math.round(clock.nowUs()),
    gauntlet: version,
    node: node?.version ?? '',
    ...(k6 === undefined ? {} : { k6 }),
    machine: { cores: availableParallelism(), memoryBytes: totalmem(), system: `${type()} ${release()}` },
    target: { name: plan.target.name, version: plan.target.version },
    switches: [...request.switches],
  }
  await record.document('run.json', head)
  await record.document('plan.json', plan)
}

function driversFor(plan: Plan, { draft, guardian }: Attempt, control: Control | undefined): Drivers {
  const { k6, browser } = draft.tools
  return {
    ...(k6 && { load: k6Driver({ binary: k6, thresholdsMs: plan.thresholdsMs }) }),
    ...(browser && {
      audit: lighthouseDriver({ entry: { file: process.execPath, args: [entryFile('audit')] }, browser }),
    }),
    ...(control && { experiment: experimentDriver({ control, keeper: guardian, seed: plan.seed }) }),
  }
}

function inWords({ tools, target }: Plan): string {
  const programs = Object.entries(tools).map(([name, { version }]) => `${name} ${version}`)
  return [...programs, `${target.name} ${target.version}`].join(', ')
}

function outcomeOf(reason: StopReason | undefined): Exclude<Outcome, 'crashed'> {
  if (reason === undefined) return 'completed'
  return ({ person: 'interrupted', guard: 'aborted', machinery: 'failed' } as const)[reason.by]
}

interface EndOfRecord {
  readonly record: RunFolder
  readonly runId: string
  readonly scratch: string
  readonly outcome: Exclude<Outcome, 'crashed'>
}

/** The residue, the outcome and the sums; a record that broke stays without them: it crashed. */
async function endRecord({ record, runId, scratch, outcome }: EndOfRecord): Promise<void> {
  try {
    await rm(scratch, { recursive: true, force: true })
    const found = await findLeftovers({ runId, ports: [], scratch })
    // the run's own locks are held until it has been judged
    await record.journal({ kind: 'residue', found: found.filter((one) => !one.startsWith('lock ')) })
    await record.journal({ kind: 'run-ended', outcome })
    await record.seal()
  } finally {
    await record.close()
  }
}

async function judged(folder: string, { progress }: Attendance): Promise<Judged> {
  progress.doing('judging')
  const result = await judgeFolder(folder)
  await keepVerdict(folder, result)
  return result
}
