import type {
  LoadSecond,
  ObjectiveGuard,
  Plan,
  PlannedGuard,
  PlannedObjective,
} from '../../../reports/run/index.ts'
import type { Counts } from '../../../slo/judge/statistics/bad-ratio.ts'
import { totalOf } from '../../../slo/judge/statistics/design-effect.ts'
import type { PhaseWindow } from '../../../slo/sources/index.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import { alarmOf } from './guard-alarm.ts'

/** A guard at work: it is shown every line of the load as it is recorded. */
export interface WatchedGuard {
  readonly objective: string
  /** its alarm says for certain that the promise is broken; a burn rate is looked at each second and says no such thing */
  readonly isProof: boolean
  /** What makes it alarm, in words; undefined while nothing does. `windows` are the phases as they are known by now. */
  take(line: LoadSecond, windows: readonly PhaseWindow[]): string | undefined
}

/** Undefined when it is on no objective, or the plan has no such one. */
export function watchedGuard(guard: PlannedGuard, plan: Plan): WatchedGuard | undefined {
  if (!('objective' in guard)) return undefined
  const objective = plan.objectives.find(({ name }) => name === guard.objective)
  if (objective === undefined) return undefined
  const phases = watchedPhases(guard, objective, plan)
  const alarm = alarmOf(guard, objective)
  let newest = Number.NEGATIVE_INFINITY
  let late: Counts = { events: 0, bad: 0 }
  return {
    objective: objective.name,
    isProof: guard.burnRate === undefined,
    take: (line, windows) => {
      const { second } = line
      const isWatched = ({ phase, fromSecond, toSecond }: PhaseWindow): boolean =>
        phases.has(phase) && second >= fromSecond && second < toSecond
      if (!windows.some(isWatched)) return undefined
      const known = totalOf([late, countsIn(line, objective)])
      const isNew = second > newest
      late = isNew ? { events: 0, bad: 0 } : known
      if (!isNew) return undefined
      newest = second
      return alarm({ second, ...known })
    },
  }
}

/**
 * A promise is violated only where it is made. A burn rate is a limit to what the run may break: it holds in every phase
 * with load, an experiment's too, but those that the plan calls `judged: false`. An experiment's own holds in its phase.
 */
function watchedPhases(
  { burnRate, experiment }: ObjectiveGuard,
  { phases }: PlannedObjective,
  plan: Plan,
): ReadonlySet<string> {
  const underLoad = plan.phases.filter((one) => one.load)
  const watched =
    experiment === undefined
      ? underLoad.filter(({ judged }) => judged)
      : underLoad.filter(({ experiments }) => experiments.includes(experiment))
  return new Set(burnRate === undefined ? phases : watched.map(({ name }) => name))
}

function countsIn(line: LoadSecond, objective: PlannedObjective): Counts {
  const { second } = line
  const window = { phase: '', fromSecond: second, toSecond: second + 1, delayed: false, faulted: false }
  const { events, bad } = sampleOfLoad(objective, { load: [line] }, [window])
  return { events, bad: bad.least }
}
