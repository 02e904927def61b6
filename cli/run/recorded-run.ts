import { rm } from 'node:fs/promises'
import { availableParallelism, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { experimentDriver } from '../../chaos/index.ts'
import {
  type Clock,
  type Control,
  EXIT,
  GauntletError,
  messageOf,
  type Outcome,
  type Plan,
  type Run,
  type RunContext,
} from '../../reports/run/index.ts'
import { latenessLimitMs } from '../../reports/run/lateness-limit.ts'
import { k6Driver } from '../../scenarios/drivers/k6/index.ts'
import { lighthouseDriver } from '../../scenarios/drivers/lighthouse/index.ts'
import { entryFile } from '../process/entry.ts'
import { createExec } from '../process/exec.ts'
import { type Guardian, startGuardian } from '../process/guardian/guardian.ts'
import { createHttp } from '../process/http.ts'
import { readMachineHealth } from '../process/machine-health.ts'
import { findLeftovers, type RunPlaces } from '../process/marks.ts'
import { version } from '../version.ts'
import type { Draft, DraftInputs } from './draft/draft.ts'
import { dockerHost } from './draft/machine.ts'
import { type Asking, askingIn } from './execute/asking/asking.ts'
import { controlByPorts } from './execute/control-by-ports.ts'
import { execute } from './execute/execute.ts'
import type { Drivers } from './execute/execution.ts'
import type { Stopper, StopReason } from './execute/stop.ts'
import { openTarget, type TargetOptions } from './execute/target.ts'
import { watchLoad } from './execute/watch-load.ts'
import { watchVersion } from './execute/watch-version.ts'
import { judgeFolder, keepVerdict } from './judge/judge-folder.ts'
import { measuresOf } from './plan/measures.ts'
import { createRunFolder, type RunFolder } from './record/recorder.ts'
import { leasesFolder, runsFolder } from './record/runs-folder.ts'
import type { Attendance, RunRequest, RunResult } from './request.ts'

/** Then one guardian more is worth its memory. */
const breaksAnything = ({ experiments }: Plan, { switches }: RunRequest): boolean =>
  experiments.length + switches.length > 0

interface Inputs extends DraftInputs {
  readonly draft: Draft
}

/** From the run folder's first line to its last: whatever happens in between, it is sealed and nothing is left on. */
export async function recordedRun(inputs: Inputs, attendance: Attendance): Promise<RunResult> {
  const { request, runId, scratch, clock, draft } = inputs
  const folder = join(runsFolder(request.project.root), runId)
  const record = await createRunFolder(folder, clock)
  attendance.progress.planned(draft.plan, runId)
  // first of all, so that the folder of a run that is killed at once can be judged
  await writeHead(draft.plan, { ...inputs, record })
  await record.journal({ kind: 'run-started', run: runId })
  const journalPath = join(folder, 'journal.ndjson')
  const standIn = breaksAnything(draft.plan, request)
  const leases = leasesFolder(request.project.root)
  const leasePath = join(leases, `${runId}.json`)
  const { leaseMs } = request
  const lease = { leasePath, ...(leaseMs === undefined ? {} : { leaseMs }) }
  const guardian = await startGuardian({ runId, journalPath, scratch, standIn, ...lease })
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
  noteWhenNoticed(record, attendance)
  const ports: number[] = []
  const failure = await attempt({ ...inputs, guardian, record, ports }, attendance, context).then(
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
  attendance.progress.doing('judging')
  const judged = await judgeFolder(folder)
  const { exitCode } = judged.verdict
  if (attendance.impatient()) return { runId, folder, exitCode }
  await keepVerdict(folder, judged)
  return { runId, folder, judged, exitCode }
}

/** A failure that no verdict will tell of; when a way back failed too, that is worse. */
async function worseOf(failure: unknown, folder: string): Promise<unknown> {
  const judged = await judgeFolder(folder).catch(() => undefined)
  return judged?.verdict.exitCode === EXIT.unproven.code ? unproven(failure) : failure
}

interface Said {
  readonly reason: string
  readonly hint?: string
}

function saidBy(error: unknown): Said {
  const reason = messageOf(error)
  const hint = error instanceof GauntletError ? error.hint : undefined
  return { reason, ...(hint === undefined ? {} : { hint }) }
}

function unproven(failure: unknown): GauntletError {
  return new GauntletError('UNDO_FAILED', `an undo failed, and ${saidBy(failure).reason}`, {
    exit: 'unproven',
    hint: 'look at the target now: what is still on stands in the lines above',
    cause: failure,
  })
}

/**
 * Once the load has begun there is evidence, so our own failure ends the run and the run is judged; before that it is
 * only told. A bug of ours is never dressed up.
 */
function stoppedBy(error: unknown, { record, stopper }: { record: RunFolder; stopper: Stopper }): unknown {
  if (stopper.signal.aborted) return undefined
  if (!(error instanceof GauntletError)) return error
  if (!record.has('second-zero')) return afterTheStart(error)
  stopper.stop({ by: 'machinery', ...saidBy(error) })
  return undefined
}

/** What is refused once something was started is our failure: exit 2 says that nothing was. */
export function afterTheStart(error: GauntletError): GauntletError {
  if (error.exit !== 'refused') return error
  const { code, message, hint, complaints, cause } = error
  return new GauntletError(code, message, {
    exit: 'machinery',
    ...(hint === undefined ? {} : { hint }),
    complaints,
    cause,
  })
}

/** Without the guardian nothing would be taken back, without the record nothing could be proven: both end the run. */
export function stopWhenLost(
  { guardian, record }: { guardian: Guardian; record: RunFolder },
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

interface Attempt extends Inputs {
  readonly guardian: Guardian
  readonly record: RunFolder
  /** filled with those that the target we started listens on */
  readonly ports: number[]
}

async function attempt(inputs: Attempt, { stopper }: Attendance, context: RunContext): Promise<void> {
  const { request, draft, guardian, record } = inputs
  const config = targetConfig(request, draft)
  const isOurs = config.start !== undefined
  if (isOurs) context.log.doing('starting the target')
  const target = await openTarget(
    {
      config,
      ...(request.port === undefined ? {} : { port: request.port }),
    },
    context,
  )
  if (isOurs) inputs.ports.push(...target.description.processes.flatMap(({ port }) => port ?? []))
  try {
    const plan = draft.planFor(target.description)
    await writeHead(plan, inputs)
    const { name, version } = target.description
    await record.journal({ kind: 'target-ready', name, version })
    context.log.doing('preparing what runs')
    context.log.fact(`ready: ${inWords(plan, request)}`)
    const { description, control } = target
    const watched = { ...context, record: watchLoad({ plan, stopper }, context) }
    const { asking, record: asked } = askingIn(plan, watched)
    await execute(
      {
        plan,
        drivers: driversFor(plan, inputs, { control, asking }),
        control,
        keeper: guardian,
        asking,
        switches: request.switches,
        stopper,
        versionNow: await watchVersion({ target: description, control, ready: config.ready }, context),
        seen: record.seen,
        health: () => readMachineHealth(record.path),
      },
      { ...watched, record: asked },
    )
  } finally {
    if (isOurs) context.log.doing('ending the target')
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

async function writeHead(
  plan: Plan,
  { request, runId, startedUs, record }: Inputs & { readonly record: RunFolder },
): Promise<void> {
  const { k6, node } = plan.tools
  const head: Run = {
    schema: 'gauntlet/run/1',
    id: runId,
    plan: plan.name,
    startedAtUs: Math.round(startedUs),
    gauntlet: version,
    node: node?.version ?? '',
    ...(k6 === undefined ? {} : { k6 }),
    machine: { cores: availableParallelism(), memoryBytes: totalmem(), system: `${type()} ${release()}` },
    target: { name: plan.target.name, version: plan.target.version },
    switches: [...request.switches],
    ...(request.allowUndecidable ? { allowUndecidable: true } : {}),
    ...(request.experiment === undefined ? {} : { alone: true }),
  }
  await record.document('run.json', head)
  await record.document('plan.json', plan)
}

function driversFor(
  plan: Plan,
  { request, draft, guardian }: Attempt,
  { control, asking }: { readonly control: Control | undefined; readonly asking: Asking },
): Drivers {
  const { k6, browser } = draft.tools
  const acting = control ?? controlByPorts(plan.target)
  const script = request.script?.environment
  const names = plan.objectives.flatMap(measuresOf).flatMap(({ name }) => name ?? [])
  return {
    ...(k6 && {
      load: k6Driver({
        ...{ binary: k6, script, names, thresholdsMs: plan.thresholdsMs },
        lateFromMs: latenessLimitMs(plan.objectives),
      }),
    }),
    ...(browser && {
      audit: lighthouseDriver({ entry: { file: process.execPath, args: [entryFile('audit')] }, browser }),
    }),
    ...(acting && {
      experiment: experimentDriver({
        ...{ control: acting, asking, keeper: guardian, toxiproxy: plan.toxiproxy },
        dockerHost: dockerHost(),
        containerRules: plan.containerRules,
      }),
    }),
  }
}

/** A script names its target itself: nothing is known of it unless a description was given. */
function inWords({ tools, target }: Plan, { script, targetFile }: RunRequest): string {
  const isDescribed = script === undefined || targetFile !== undefined
  const programs = Object.entries(tools).map(([name, { version }]) => `${name} ${version}`)
  return [...programs, ...(isDescribed ? [`${target.name} ${target.version}`] : [])].join(', ')
}

function outcomeOf(reason: StopReason | undefined): Exclude<Outcome, 'crashed'> {
  if (reason === undefined) return 'completed'
  return ({ person: 'interrupted', guard: 'aborted', machinery: 'failed' } as const)[reason.by]
}

interface EndOfRecord {
  readonly record: RunFolder
  readonly runId: string
  readonly scratch: string
  readonly ports: readonly number[]
  /** left out by what breaks nothing */
  readonly leases?: string
  readonly outcome: Exclude<Outcome, 'crashed'>
  /** of a run that failed */
  readonly failed?: Said | undefined
}

function lastWords(failed: Said | undefined) {
  if (failed === undefined) return {}
  const { reason: why, hint } = failed
  return hint === undefined ? { why } : { why, hint }
}

/** What ends by itself may take a moment longer than we do. */
const RESIDUE_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 100

/** The residue, the outcome and the sums; a record that broke stays without them: it crashed. */
export async function endRecord(
  { record, outcome, failed, ...places }: EndOfRecord,
  clock: Clock,
): Promise<void> {
  try {
    await rm(places.scratch, { recursive: true, force: true })
    await record.journal({ kind: 'residue', found: await residueOf(places, clock) })
    await record.journal({ kind: 'run-ended', outcome, ...lastWords(failed) })
    await record.seal()
  } finally {
    await record.close()
  }
}

/** What is left over, looked for until nothing is or the time is up. The run's own locks are held until it is judged. */
async function residueOf(places: RunPlaces, clock: Clock): Promise<string[]> {
  const endUs = clock.nowUs() + RESIDUE_WITHIN_MS * 1000
  for (;;) {
    const found = (await findLeftovers(places)).filter((one) => !one.startsWith('lock '))
    if (found.length === 0 || clock.nowUs() >= endUs) return found
    await clock.wait(LOOK_EVERY_MS)
  }
}
