import {
  type PlannedObjective,
  type PlannedPhase,
  type PlannedSource,
  parseDuration,
  type YamlPath,
} from '../../../reports/run/index.ts'
import { type Clash, clashesOf, type ResolvedSlo, toPlannedObjectives } from '../../../slo/model/index.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import type { Complaints } from './complaints.ts'

type Entry = PlanFile['spec']['objectives'][number]

/** An objective, and where the plan asks for it. */
export interface AskedObjective {
  readonly planned: PlannedObjective
  readonly at: YamlPath
  /** what a guard calls it by: its SLO, or the name that the plan gives it */
  readonly called: string
}

export interface AskedObjectives {
  readonly asked: readonly AskedObjective[]
  readonly sources: readonly PlannedSource[]
}

export interface Surroundings {
  readonly phases: readonly PlannedPhase[]
  /** holds all that the plan names */
  readonly slos: ReadonlyMap<string, ResolvedSlo>
  readonly complaints: Complaints
}

/** The objectives that a plan asks for; what cannot be asked so is complained of. */
export function askedObjectives(entries: readonly Entry[], surroundings: Surroundings): AskedObjectives {
  const { complaints } = surroundings
  const all = entries.map((entry, n) => askedBy(entry, ['spec', 'objectives', n], surroundings))
  const asked = all.flatMap((one) => one.asked)
  checkNames(asked, complaints)
  for (const clash of clashesOf(asked.map((one) => one.planned)))
    if (clash.kind === 'impossible')
      complaints.add(
        placeOf(clash.second, asked),
        impossibleWords(clash),
        'take one of them out, or lower a target',
      )
  return { asked, sources: bySourceName(all.flatMap((one) => one.sources)) }
}

/** What one entry of a plan asks. */
export function askedBy(
  entry: Entry,
  at: YamlPath,
  { phases, slos, complaints }: Surroundings,
): AskedObjectives {
  const judged = new Map(phases.filter((one) => one.judged).map((one) => [one.name, one]))
  const names = entry.phases ?? ['all']
  const { target, within, value } = entry
  const { objectives, sources, refusals } = toPlannedObjectives(slos.get(entry.slo)!, {
    phases: names.includes('all')
      ? [...judged.values()]
      : names.flatMap((name, m) => complaints.pick('judged phase', judged, name, [...at, 'phases', m])),
    advisory: entry.advisory ?? false,
    as: entry.as,
    over: { target, value, withinMs: within === undefined ? undefined : parseDuration(within) },
  })
  for (const { of = 'slo', why, hint } of refusals)
    complaints.add(
      [...at, of === 'as' && entry.as === undefined ? 'slo' : of],
      `${entry.slo} cannot be judged: ${why}`,
      hint,
    )
  const called = entry.as ?? entry.slo
  return { asked: objectives.map((planned) => ({ planned, called, at: [...at, 'slo'] })), sources }
}

function checkNames(asked: readonly AskedObjective[], complaints: Complaints): void {
  const seen = new Set<string>()
  for (const { planned, at } of asked) {
    if (seen.has(planned.name))
      complaints.add(at, `a second objective "${planned.name}"`, 'give one of them another name, as: NAME')
    seen.add(planned.name)
  }
}

const placeOf = (planned: PlannedObjective, asked: readonly AskedObjective[]): YamlPath =>
  asked.find((one) => one.planned === planned)?.at ?? []

const bySourceName = (sources: readonly PlannedSource[]): PlannedSource[] => [
  ...new Map(sources.map((one) => [one.name, one])).values(),
]

function impossibleWords({ first, second }: Clash): string {
  const both = `${first.name} (${first.promised}) and ${second.name} (${second.promised})`
  return `${both} cannot both be kept: they are about the same ${first.noun}`
}

/** What is not wrong, and worth knowing before it runs. */
export function pointlessWords(objectives: readonly PlannedObjective[]): string[] {
  return clashesOf(objectives)
    .filter(({ kind }) => kind === 'pointless')
    .map(
      ({ first, second }) =>
        `${first.name} (${first.promised}) says nothing that ${second.name} (${second.promised}) does not`,
    )
}
