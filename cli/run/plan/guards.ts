import { type Guard, type GuardPlace, guardMistakes, planGuard } from '../../../chaos/index.ts'
import {
  type ObjectiveGuard,
  type PlannedGuard,
  type PlannedObjective,
  type PlannedPhase,
  parseDuration,
  type YamlPath,
} from '../../../reports/run/index.ts'
import type { AskedObjective, Surroundings } from './objectives.ts'
import { refuseUnwatchable, watchedObjectives } from './watched.ts'

/** A guard, and where the plan asks for it. */
export interface GuardEntry {
  readonly guard: Guard
  readonly at: YamlPath
  /** whose own it is; left out: the plan's */
  readonly of?: { readonly experiment: string; readonly phase: PlannedPhase }
}

export interface AskedGuards {
  readonly guards: readonly PlannedGuard[]
  /** objectives that only a guard asks for: shown, never counted */
  readonly watched: readonly AskedObjective[]
}

export interface GuardSurroundings extends Surroundings {
  readonly place: GuardPlace
}

/** What ends the run early. A guard may also watch an SLO that the plan does not judge. */
export function askedGuards(
  entries: readonly GuardEntry[],
  asked: readonly AskedObjective[],
  surroundings: GuardSurroundings,
): AskedGuards {
  const watched: AskedObjective[] = []
  const guards = entries.flatMap((entry) => {
    const mistakes = guardMistakes(entry.guard)
    for (const { path, message, hint } of mistakes)
      surroundings.complaints.add([...entry.at, ...path], message, hint)
    const { slo } = entry.guard
    if (slo === undefined) return mistakes.length > 0 ? [] : guardOnNoObjective(entry, surroundings)
    const { named, added } = watchedObjectives(slo, entry.at, [...asked, ...watched], surroundings)
    watched.push(...added)
    return named.flatMap(({ planned }) => guardOn(planned, entry, surroundings))
  })
  return { guards, watched }
}

function guardOnNoObjective(
  { guard, at, of }: GuardEntry,
  { place, complaints }: GuardSurroundings,
): PlannedGuard[] {
  const { planned, refusals } = planGuard(guard, place)
  for (const { why, hint } of refusals) complaints.add(at, why, hint)
  return planned === undefined ? [] : [{ ...planned, ...ownOf(of) }]
}

function guardOn(
  objective: PlannedObjective,
  { guard: { burnRate, for: length }, at, of }: GuardEntry,
  { complaints }: Surroundings,
): ObjectiveGuard[] {
  if (refuseUnwatchable(objective, at, 'a guard', complaints)) return []
  if (of !== undefined && !of.phase.load)
    complaints.add(
      at,
      `its guard on ${objective.name} sees nothing in ${of.phase.name}, which has no load`,
      LOAD_ON,
    )
  const forMs = length === undefined ? undefined : parseDuration(length)
  return [
    {
      objective: objective.name,
      ...(burnRate === undefined ? {} : { burnRate }),
      ...(forMs === undefined ? {} : { forMs }),
      ...ownOf(of),
    },
  ]
}

const LOAD_ON = 'inject it in a phase with load'

const ownOf = (of: GuardEntry['of']) => (of === undefined ? {} : { experiment: of.experiment })
