import { controlOf, type Exec, messageOf, straightRequest } from '../../../reports/run/index.ts'
import { createExec } from '../../process/exec.ts'
import { createHttp } from '../../process/http.ts'
import type { Leftover } from '../../process/marks.ts'
import { listRuns } from '../record/find-run.ts'
import { undoByHand } from './by-hand.ts'
import { seenGroups } from './looks/groups.ts'
import { seenJournaled } from './looks/journaled.ts'
import { namespacesOf, seenRules } from './looks/rules.ts'
import type { Sighting } from './looks/sighting.ts'
import { seenOnTarget, seenStopped } from './looks/targets.ts'
import { type JournaledUndo, journaledUndos, keyOf } from './open-undos.ts'
import { type RecordedTarget, recordedTargets } from './recorded-targets.ts'

/** Journals of older runs are not read. */
const NEWEST_RUNS = 50

/** What is seen of faults, each by whose it is. */
export interface Seen {
  /** a run's journal holds its undo, and no line that it worked: recovered */
  readonly ours: readonly (Sighting & { readonly run: string })[]
  /** processes that stand still, and no journal says why: nobody wants them so, but somebody else may have stopped them */
  readonly stopped: readonly Sighting[]
  /** may be somebody's intent, or cannot be looked at: left alone */
  readonly others: readonly Leftover[]
  readonly isLinkLed: boolean
}

/** Asks the known targets, the kernel and Docker what is on, without any lease. Touches nothing. */
export async function lookAround(projectRoot: string): Promise<Seen> {
  const runs = (await listRuns(projectRoot)).slice(-NEWEST_RUNS)
  const undos = await journaledUndos(projectRoot, runs)
  const targets = await recordedTargets(projectRoot)
  const { sightings, unseen } = await look(targets, undos)
  const seen = [...new Map(sightings.map((one) => [keyOf(one.step), one])).values()]
  const markOf = ({ step }: Sighting): string | undefined => {
    const undo = undos.get(keyOf(step))
    return undo?.isOpen ? undo.run : undefined
  }
  const foreign = seen.filter((one) => markOf(one) === undefined)
  return {
    ours: seen.flatMap((one) => {
      const run = markOf(one)
      return run === undefined ? [] : [{ ...one, run }]
    }),
    stopped: foreign.filter(({ step }) => step.kind === 'signal'),
    others: [...foreign.filter(({ step }) => step.kind !== 'signal').map(leftAlone), ...unseen],
    isLinkLed: seen.some(({ step }) => straightRequest(step) !== undefined),
  }
}

const leftAlone = ({ what, step }: Sighting): Leftover => ({
  what: `${what}, and no run here says that it did it`,
  byHand: undoByHand(step),
})

interface Looked {
  readonly sightings: Sighting[]
  readonly unseen: Leftover[]
}

async function look(
  targets: readonly RecordedTarget[],
  undos: ReadonlyMap<string, JournaledUndo>,
): Promise<Looked> {
  const [http, exec] = [createHttp(), createExec({ runId: 'residue' })]
  const steps = [...undos.values()].filter(({ isOpen }) => isOpen).map(({ step }) => step)
  const told = targets.flatMap(({ target, answers }) => {
    const control = answers ? controlOf(target, http) : undefined
    return [...(control === undefined ? [] : seenOnTarget(target, control)), ...seenStopped(target)]
  })
  const journaled = await Promise.all(steps.map((step) => seenJournaled(step, http)))
  const namespaces = new Set([
    ...targets.flatMap(({ target }) => namespacesOf(target)),
    ...steps.flatMap((step) => (step.kind === 'command' ? [step.namespace] : [])),
  ])
  const rules = await Promise.all([...namespaces].map((one) => rulesIn(one, exec)))
  return {
    // of two that saw the same, the later one says more of it
    sightings: [
      ...seenGroups(),
      ...journaled.flat(),
      ...told,
      ...rules.flatMap(({ sightings }) => sightings),
    ],
    unseen: rules.flatMap(({ unseen }) => unseen),
  }
}

async function rulesIn(namespace: number, exec: Exec): Promise<Looked> {
  try {
    return { sightings: await seenRules(namespace, exec), unseen: [] }
  } catch (error) {
    const why = messageOf(error)
    const what = `net:[${namespace}] could not be looked at: ${why}`
    return { sightings: [], unseen: [{ what, byHand: 'as root: gauntlet chaos residue' }] }
  }
}
