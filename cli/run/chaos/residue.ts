import { type HeldUndo, type Target, victimWords } from '../../../reports/run/index.ts'
import { isStopped } from '../../process/identity.ts'
import { type Leftover, leftoversOf } from '../../process/marks.ts'
import { leasesFolder } from '../runs-folder.ts'
import { undoByHand } from './by-hand.ts'
import { type KnownRun, knownRuns } from './known-runs.ts'
import { recordedTargets } from './recorded-targets.ts'

export interface FoundLeftover extends Leftover {
  /** null: nobody can tell which run left it */
  readonly run: string | null
}

export interface Residue {
  readonly schema: 'gauntlet/residue/1'
  readonly found: readonly FoundLeftover[]
  /** runs that go on: what is theirs is not left over */
  readonly living: readonly { readonly run: string; readonly pid: number }[]
}

/** All places where we leave things, for every run that this project or this user knows of. Touches nothing. */
export async function findResidue(projectRoot: string): Promise<Residue> {
  const runs = await knownRuns(projectRoot)
  const over = runs.filter(({ harness }) => harness === undefined)
  const left = await Promise.all(over.map((run) => leftBy(run, projectRoot)))
  const living = runs.flatMap(({ id, harness }) =>
    harness === undefined ? [] : [{ run: id, pid: harness.pid }],
  )
  const stopped = living.length > 0 ? [] : await stoppedProcesses(projectRoot)
  // a process that a lease tells of, or that several runs hit, is told once
  const found = Map.groupBy([...left.flat(), ...stopped], ({ what, byHand }) =>
    byHand.startsWith('kill -CONT') ? byHand : what,
  )
  return {
    schema: 'gauntlet/residue/1',
    found: [...found.values()].flatMap(([first]) => first ?? []),
    living,
  }
}

async function leftBy(run: KnownRun, projectRoot: string): Promise<FoundLeftover[]> {
  const { id: runId, scratches, lease } = run
  const leases = leasesFolder(projectRoot)
  const places = { runId, ports: [], leases }
  const all = await leftoversOf({ ...places, scratch: scratches[0] ?? '' })
  const more = await Promise.all(
    scratches.slice(1).map((scratch) => leftoversOf({ runId: 'none', ports: [], scratch })),
  )
  const on = (lease?.held ?? []).map(({ undo }) => maybeOn(undo))
  return [...on, ...all, ...more.flat()].map((one) => ({ run: runId, ...one }))
}

const maybeOn = (held: HeldUndo): Leftover => ({
  what:
    held.kind === 'fault'
      ? `fault ${held.experiment} may be on: ${held.undo.does}`
      : `switch ${held.switch} may be on`,
  byHand: undoByHand(held.undo),
})

/** Stopped by somebody, and by whom nobody can tell: of a process that runs well nobody needs to hear. */
async function stoppedProcesses(projectRoot: string): Promise<FoundLeftover[]> {
  return (await recordedTargets(projectRoot)).flatMap((target) => stoppedOf(target))
}

function stoppedOf({ processes, name: target }: Target): FoundLeftover[] {
  return processes.flatMap(({ name, pid, startedAt }) => {
    if (pid === undefined || startedAt === undefined || !isStopped({ pid, startedAt })) return []
    const what = `process ${victimWords({ name, pid, startedAt })} of ${target} is stopped`
    return [{ run: null, what, byHand: `kill -CONT ${pid}` }]
  })
}
