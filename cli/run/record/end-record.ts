import { rm } from 'node:fs/promises'
import type { Clock, Outcome } from '../../../reports/run/index.ts'
import { findLeftovers, type RunPlaces } from '../../process/marks.ts'
import type { Said } from '../run-failure.ts'
import type { RunFolder } from './recorder.ts'

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
