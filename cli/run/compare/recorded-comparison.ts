import { join } from 'node:path'
import {
  type Clock,
  type Comparison,
  GauntletError,
  type Outcome,
  type RunContext,
  type Sides,
} from '../../../reports/run/index.ts'
import { createExec } from '../../process/exec.ts'
import { startGuardian } from '../../process/guardian/guardian.ts'
import { createHttp } from '../../process/http.ts'
import type { Stopper } from '../execute/stop.ts'
import { createRunFolder, type RunFolder } from '../record/recorder.ts'
import { runsFolder } from '../record/runs-folder.ts'
import { afterTheStart, endRecord, stopWhenLost } from '../recorded-run.ts'
import type { Attendance } from '../request.ts'
import { readComparison, writeEvidence } from './comparison-record.ts'
import type { CompareRequest, ComparisonDraft } from './draft-comparison.ts'
import { judgeComparison } from './judge-comparison.ts'
import { keepComparison } from './keep-comparison.ts'
import { measureSides } from './measure-sides.ts'
import { type OpenSide, openSide } from './open-sides.ts'
import { refuseSharedAddresses } from './shared-addresses.ts'
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
  let measured: Sides['outcome'] | undefined
  const failure = await compareSides(draft, record, context).then(
    (outcome) => {
      measured = outcome
      return lostMachinery(stopper)
    },
    (error: unknown) => failureOf(error, stopper),
  )
  await guardian.close()
  const started = [draft.sides.base, draft.sides.head].filter(isBuild)
  const ports = started.flatMap(({ side }) => draft.ports[side].ports)
  const outcome = outcomeOf({ failure, measured }, stopper)
  await endRecord({ record, runId, scratch, ports, outcome }, clock)
  if (failure !== undefined) throw failure
  const comparison = judgeComparison(await readComparison(folder))
  await keepComparison(folder, comparison)
  return { folder, comparison }
}

async function compareSides(
  draft: ComparisonDraft,
  record: RunFolder,
  context: RunContext,
): Promise<Sides['outcome']> {
  const { sides, ports } = draft
  context.log.doing('starting the base')
  const base = await openSide(sides.base, ports.base, context)
  try {
    context.log.doing('starting the head')
    const head = await openSide(sides.head, ports.head, context)
    try {
      refuseSharedAddresses(sides, { base: base.target, head: head.target })
      for (const { compared } of [base, head]) await tellReady(compared, context)
      const measured = await measureSides({ draft, opened: { base, head } }, context)
      await writeEvidence(measured, record)
      return measured.sides.outcome
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

/** What was measured to its end stays so: who stops while the sides are being ended interrupts nothing. */
export function outcomeOf(
  { failure, measured }: { readonly failure: unknown; readonly measured: Sides['outcome'] | undefined },
  { reason }: Pick<Stopper, 'reason'>,
): Exclude<Outcome, 'crashed'> {
  if (failure === undefined && measured !== undefined) return measured
  return reason?.by === 'person' ? 'interrupted' : 'failed'
}
