import type { HeldUndo, UndoStep } from '../../../reports/run/index.ts'
import { type Leftover, leftoversOf } from '../../process/marks.ts'
import { leasesFolder } from '../record/runs-folder.ts'
import { undoByHand } from './by-hand.ts'
import { type KnownRun, knownRuns } from './known-runs.ts'
import { lookAround, type Seen } from './look-around.ts'
import type { Sighting } from './looks/sighting.ts'
import { keyOf } from './open-undos.ts'

export interface FoundLeftover extends Leftover {
  /** null: nobody can tell which run left it */
  readonly run: string | null
}

export interface Residue {
  readonly schema: 'gauntlet/residue/1'
  readonly found: readonly FoundLeftover[]
  /** runs that go on: what is theirs is not left over */
  readonly living: readonly { readonly run: string; readonly pid: number }[]
  /** looks like a fault and may be somebody's intent: named, never touched, and not counted */
  readonly others: readonly Leftover[]
}

const NOTHING: Seen = { ours: [], stopped: [], others: [], isLinkLed: false }

/** All places where we leave things, for every run that this project or this user knows of. Touches nothing. */
export async function findResidue(projectRoot: string): Promise<Residue> {
  const runs = await knownRuns(projectRoot)
  const over = runs.filter(({ harness }) => harness === undefined)
  const left = await Promise.all(over.map((run) => leftBy(run, projectRoot)))
  const living = runs.flatMap(({ id, harness }) =>
    harness === undefined ? [] : [{ run: id, pid: harness.pid }],
  )
  // of a run that goes on everything may be
  const seen = living.length > 0 ? NOTHING : await lookAround(projectRoot)
  const leased = new Set(over.flatMap(heldSteps).map(keyOf))
  const isUntold = ({ step }: Sighting): boolean => !leased.has(keyOf(step))
  const ours = seen.ours
    .filter(isUntold)
    .map(({ run, what, step }) => ({ run, what, byHand: undoByHand(step) }))
  const stopped = seen.stopped
    .filter(isUntold)
    .map(({ what, step }) => ({ run: null, what, byHand: undoByHand(step) }))
  const found = [...left.flat(), ...ours, ...stopped]
  return { schema: 'gauntlet/residue/1', found, living, others: seen.others }
}

const heldSteps = ({ lease }: KnownRun): UndoStep[] =>
  (lease?.held ?? []).flatMap(({ undo: { undo } }) => (undo.kind === 'steps' ? undo.steps : [undo]))

async function leftBy(run: KnownRun, projectRoot: string): Promise<FoundLeftover[]> {
  const { id: runId, scratches, lease, badLease } = run
  const leases = leasesFolder(projectRoot)
  const places = { runId, ports: [], ...(badLease === undefined ? { leases } : {}) }
  const all = await leftoversOf({ ...places, scratch: scratches[0] ?? '' })
  const more = await Promise.all(
    scratches.slice(1).map((scratch) => leftoversOf({ runId: 'none', ports: [], scratch })),
  )
  const on = (lease?.held ?? []).map(({ undo }) => maybeOn(undo))
  const unread = badLease === undefined ? [] : [{ what: badLease.message, byHand: badLease.hint ?? '' }]
  return [...on, ...unread, ...all, ...more.flat()].map((one) => ({ run: runId, ...one }))
}

const maybeOn = (held: HeldUndo): Leftover => ({
  what:
    held.kind === 'fault'
      ? `fault ${held.experiment} may be on: ${held.undo.does}`
      : `switch ${held.switch} may be on`,
  byHand: undoByHand(held.undo),
})
