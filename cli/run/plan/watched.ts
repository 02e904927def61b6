import type { PlannedObjective, YamlPath } from '../../../reports/run/index.ts'
import type { Complaints } from './complaints.ts'
import { type AskedObjective, askedBy, type Surroundings } from './objectives.ts'

export interface Watched {
  /** the objectives that bear the name */
  readonly named: readonly AskedObjective[]
  /** those of them that the plan does not ask for: shown, never counted */
  readonly added: readonly AskedObjective[]
}

/** What a guard or an alert means by a name: an objective of the plan, else an SLO of the project. */
export function watchedObjectives(
  name: string,
  at: YamlPath,
  asked: readonly AskedObjective[],
  surroundings: Surroundings,
): Watched {
  const named = asked.filter(({ called, planned }) => called === name || planned.name === name)
  if (named.length > 0) return { named, added: [] }
  const known = new Map(
    [...surroundings.slos.keys(), ...asked.map((one) => one.called)].map((one) => [one, one]),
  )
  const [slo] = surroundings.complaints.pick('objective', known, name, [...at, 'slo'])
  const added = slo === undefined ? [] : askedBy({ slo, advisory: true }, at, surroundings).asked
  return { named: added, added }
}

/** Only shares of what the load does are known second by second. */
export function refuseUnwatchable(
  { name, total, evidence, members, slices, statistic = 'share' }: PlannedObjective,
  at: YamlPath,
  what: string,
  complaints: Complaints,
): boolean {
  const isLoad = ['request', 'iteration', 'check', 'metric'].includes(total.measure)
  const isShare =
    statistic === 'share' && evidence === 'sample' && members === undefined && slices === undefined
  if (isLoad && isShare) return false
  complaints.add(
    [...at, 'slo'],
    `${name} cannot be watched while the run goes on`,
    `${what} watches what share of requests, iterations, checks or metrics is good`,
  )
  return true
}
