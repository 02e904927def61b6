import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { comparisonHtml, comparisonMarkdown } from '../../../reports/render/index.ts'
import {
  type Clock,
  type Comparison,
  GauntletError,
  type Outcome,
  type RunContext,
} from '../../../reports/run/index.ts'
import { createExec } from '../../process/exec.ts'
import { startGuardian } from '../../process/guardian.ts'
import { createHttp } from '../../process/http.ts'
import { afterTheStart, endRecord, stopWhenLost } from '../recorded-run.ts'
import { createRunFolder, type RunFolder, writable } from '../recorder.ts'
import { type Attendance, runsFolder } from '../run.ts'
import type { Stopper } from '../stop.ts'
import { readComparison, writeEvidence } from './comparison-record.ts'
import type { CompareRequest, ComparisonDraft } from './draft-comparison.ts'
import { judgeComparison } from './judge-comparison.ts'
import { measureSides } from './measure-sides.ts'
import { type OpenSide, openSide } from './open-sides.ts'
import { isBuild } from './sides.ts'

export interface ComparisonInputs {
  readonly request: CompareRequest
  readonly runId: string
  readonly scratch: string
  readonly clock: Clock
  readonly draft: ComparisonDraft
}

export interface CompareResult {
  readonly folder: string
  readonly comparison: Comparison
}

/** From the folder's first line to its last: whatever happens in between, it is sealed and nothing is left on. */
export async function recordedComparison(
  inputs: ComparisonInputs,
  attendance: Attendance,
): Promise<CompareResult> {
  const { request, runId, scratch, clock, draft } = inputs
  const { stopper } = attendance
  const folder = join(runsFolder(request.project.root), runId)
  const record = await createRunFolder(folder, clock)
  await record.document('plan.json', draft.plan)
  await record.journal({ kind: 'run-started', run: runId })
  const guardian = await startGuardian({ runId, journalPath: join(folder, 'journal.ndjson'), scratch })
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
  const failure = await compareSides(draft, record, context).then(
    () => lostMachinery(stopper),
    (error: unknown) => failureOf(error, stopper),
  )
  await guardian.close()
  const started = [draft.sides.base, draft.sides.head].filter(isBuild)
  const ports = started.flatMap(({ side }) => draft.ports[side].ports)
  await endRecord({ record, runId, scratch, ports, outcome: outcomeOf(failure, stopper) }, clock)
  if (failure !== undefined) throw failure
  const comparison = judgeComparison(await readComparison(folder))
  await writable(folder, () => keepComparison(folder, comparison))
  return { folder, comparison }
}

/** The only files of the folder that are made from the rest. */
async function keepComparison(folder: string, comparison: Comparison): Promise<void> {
  await writeFile(join(folder, 'comparison.json'), `${JSON.stringify(comparison, null, 1)}\n`)
  await mkdir(join(folder, 'report'), { recursive: true })
  await writeFile(join(folder, 'report', 'summary.md'), comparisonMarkdown(comparison))
  await writeFile(join(folder, 'report', 'index.html'), comparisonHtml(comparison))
}

async function compareSides(draft: ComparisonDraft, record: RunFolder, context: RunContext): Promise<void> {
  const { sides, ports } = draft
  context.log.doing('starting the base')
  const base = await openSide(sides.base, ports.base, context)
  try {
    context.log.doing('starting the head')
    const head = await openSide(sides.head, ports.head, context)
    try {
      for (const { compared } of [base, head]) await tellReady(compared, context)
      await writeEvidence(await measureSides({ draft, opened: { base, head } }, context), record)
    } finally {
      context.log.doing('ending both sides')
      await head.close()
    }
  } finally {
    await base.close()
  }
}

async function tellReady({ given, name, version }: OpenSide['compared'], context: RunContext): Promise<void> {
  await context.record.journal({ kind: 'target-ready', name, version })
  context.log.fact(`ready: ${name} ${version} (${given})`)
}

/** A person's stop is no failure, unless it came before there was anything to tell of. */
function failureOf(error: unknown, stopper: Stopper): unknown {
  if (stopper.signal.aborted) return lostMachinery(stopper) ?? stopper.signal.reason
  return error instanceof GauntletError ? afterTheStart(error) : error
}

/** Our own machinery ended it: nothing is judged. */
function lostMachinery({ reason }: Stopper): GauntletError | undefined {
  if (reason?.by !== 'machinery') return undefined
  return new GauntletError('COMPARISON_FAILED', reason.reason, {
    exit: 'machinery',
    ...(reason.hint === undefined ? {} : { hint: reason.hint }),
  })
}

function outcomeOf(failure: unknown, { reason }: Stopper): Exclude<Outcome, 'crashed'> {
  if (reason?.by === 'person') return 'interrupted'
  return failure === undefined ? 'completed' : 'failed'
}
