import type { Log } from '../../../reports/run/index.ts'
import { gone } from '../../process/end-harness.ts'
import { createHttp } from '../../process/http.ts'
import { removeRun, undoHeld } from '../../process/take-back.ts'
import { type KnownRun, knownRuns } from './known-runs.ts'
import { findResidue, type Residue } from './residue.ts'

/** Guardians need 10 s at most to take back what a harness left; see take-back.ts. */
const GUARDIANS_WITHIN_MS = 12_000

/**
 * Takes back what earlier runs left, and only what is ours; says what is still there afterwards. A run that goes on is
 * left alone. May be done again: what is gone is not harmed.
 */
export async function recover(projectRoot: string, log: Pick<Log, 'fact'>): Promise<Residue> {
  const left = await findResidue(projectRoot)
  const ids = new Set(left.found.map(({ run }) => run))
  for (const run of (await knownRuns(projectRoot)).filter(({ id }) => ids.has(id))) await recoverRun(run, log)
  return findResidue(projectRoot)
}

async function recoverRun(run: KnownRun, log: Pick<Log, 'fact'>): Promise<void> {
  const { id: runId, guardians, leasePath, journalPath, lease } = run
  if (run.harness !== undefined) return
  await Promise.all(guardians.map((one) => gone(one, GUARDIANS_WITHIN_MS)))
  const held = (lease?.held ?? []).map(({ undo }) => undo)
  const [scratch = '', ...scratches] = run.scratches
  const place = {
    runId,
    leasePath,
    http: createHttp(),
    ...(journalPath === undefined ? {} : { journalPath }),
  }
  const taken = await undoHeld(held, { ...place, scratch })
  for (const one of [scratch, ...scratches]) await removeRun({ runId, scratch: one }, taken)
  for (const { undo } of held) log.fact(`${runId}: ${undo.does}`)
  for (const failure of taken.failures) log.fact(`${runId}: FAILED: ${failure}`)
  if (held.length === 0) log.fact(`${runId}: ended its processes, removed its locks and files`)
}
