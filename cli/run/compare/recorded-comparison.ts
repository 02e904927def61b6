import { join } from 'node:path'
import {
  type Comparison,
  GauntletError,
  type Outcome,
  type RunContext,
  type Sides,
} from '../../../reports/run/index.ts'
import { startGuardian } from '../../process/guardian/guardian.ts'
import type { Stopper } from '../execute/stop.ts'
import { guardedContext } from '../guarded-context.ts'
import type { NewRun } from '../new-run.ts'
import { endRecord } from '../record/end-record.ts'
import { createRunFolder, type RunFolder } from '../record/recorder.ts'
import { runsFolder } from '../record/runs-folder.ts'
import type { Attendance } from '../request.ts'
import { afterTheStart } from '../run-failure.ts'
import { readComparison, writeEvidence } from './comparison-record.ts'
import type { CompareRequest, ComparisonDraft } from './draft-comparison.ts'
import { judgeComparison } from './judge-comparison.ts'
import { keepComparison } from './keep-comparison.ts'
import { measureSides } from './measure-sides.ts'
import { type OpenSide, openSide } from './open-sides.ts'
import { refuseSharedAddresses } from './shared-addresses.ts'
import { isBuild, openingWords } from './sides.ts'

export interface ComparisonInputs extends NewRun {
  readonly request: CompareRequest
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
  const context = guardedContext({ ...inputs, guardian, record }, attendance)
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
  context.log.doing(openingWords(sides.base))
  const base = await openSide(sides.base, ports.base, context)
  try {
    context.log.doing(openingWords(sides.head))
    const head = await openSide(sides.head, ports.head, context)
    try {
      refuseSharedAddresses(sides, { base: base.target, head: head.target })
      for (const { compared } of [base, head]) await tellReady(compared, context)
      const measured = await measureSides({ draft, opened: { base, head } }, context)
      await writeEvidence(measured, record)
      return measured.sides.outcome
    } finally {
      if (isBuild(sides.base) || isBuild(sides.head)) context.log.doing('ending both sides')
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
