import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../../../reports/run/index.ts'
import { gone } from '../../process/guardian/end-harness.ts'
import { removeRun, type TakenBack, undoHeld } from '../../process/guardian/take-back.ts'
import { undo } from '../../process/guardian/undo.ts'
import { createHttp } from '../../process/http.ts'
import { runsFolder } from '../record/runs-folder.ts'
import { type KnownRun, knownRuns } from './known-runs.ts'
import { lookAround } from './look-around.ts'
import { RECOVERED } from './open-undos.ts'
import { findResidue, type Residue } from './residue.ts'

/** Guardians need 10 s at most to take back what a harness left; see take-back.ts. */
const GUARDIANS_WITHIN_MS = 12_000
const UNDO_MS = 5_000

/**
 * Takes back what earlier runs left, and only what is ours; says what is still there afterwards. A run that goes on is
 * left alone, and so is one whose lease cannot be read: its guardians may be at work. May be done again: what is gone
 * is not harmed.
 */
export async function recover(projectRoot: string, log: Pick<Log, 'fact'>): Promise<Residue> {
  const left = await findResidue(projectRoot)
  const ids = new Set(left.found.map(({ run }) => run))
  const runs = (await knownRuns(projectRoot)).filter(
    ({ id, harness, badLease }) => ids.has(id) && harness === undefined && badLease === undefined,
  )
  const taken: TakenBack[] = []
  for (const run of runs) taken.push(await undoLeased(run, log))
  const isLinkLed = left.living.length > 0 || (await undoSeen(projectRoot, log))
  for (const [n, run] of runs.entries())
    await end(run, { keepsProxies: isLinkLed || (taken[n]?.keepsProxies ?? false) }, log)
  const now = await findResidue(projectRoot)
  for (const { id } of runs) if (!now.found.some(({ run }) => run === id)) noteRecovered(projectRoot, id)
  return now
}

async function undoLeased(run: KnownRun, log: Pick<Log, 'fact'>): Promise<TakenBack> {
  const { id: runId, guardians, leasePath, journalPath, lease, scratches } = run
  await Promise.all(guardians.map((one) => gone(one, GUARDIANS_WITHIN_MS)))
  const held = (lease?.held ?? []).map((one) => one.undo)
  const place = { runId, leasePath, scratch: scratches[0] ?? '', http: createHttp() }
  const taken = await undoHeld(held, journalPath === undefined ? place : { ...place, journalPath })
  for (const one of held) log.fact(`${runId}: ${one.undo.does}`)
  for (const failure of taken.failures) log.fact(`${runId}: FAILED: ${failure}`)
  return taken
}

/** What no lease tells of, and a journal does. Whether a link is still led elsewhere afterwards. */
async function undoSeen(projectRoot: string, log: Pick<Log, 'fact'>): Promise<boolean> {
  const { ours } = await lookAround(projectRoot)
  const http = createHttp()
  for (const { run, step } of ours) {
    const failure = await undo(step, { http, timeoutMs: UNDO_MS })
    log.fact(`${run}: ${failure === undefined ? step.does : `FAILED: ${step.does}: ${failure}`}`)
  }
  return (await lookAround(projectRoot)).isLinkLed
}

async function end(
  { id: runId, scratches }: KnownRun,
  taken: Pick<TakenBack, 'keepsProxies'>,
  log: Pick<Log, 'fact'>,
): Promise<void> {
  for (const scratch of scratches.length === 0 ? [''] : scratches) await removeRun({ runId, scratch }, taken)
  log.fact(`${runId}: ended its processes, removed its locks and files`)
}

/** What looks the same from now on is somebody else's. */
function noteRecovered(projectRoot: string, runId: string): void {
  const folder = join(runsFolder(projectRoot), runId)
  if (existsSync(folder)) writeFileSync(join(folder, RECOVERED), '')
}
