import {
  type PlannedGuard,
  type PlannedObjective,
  parseDuration,
  type YamlPath,
} from '../../reports/run/index.ts'
import type { Complaints } from './complaints.ts'
import { type AskedObjective, askedBy, type Surroundings } from './objectives.ts'
import type { PlanFile } from './plan-file.ts'

type Guard = NonNullable<PlanFile['spec']['guards']>['abortWhen'][number]

export interface AskedGuards {
  readonly guards: readonly PlannedGuard[]
  /** objectives that only a guard asks for: shown, never counted */
  readonly watched: readonly AskedObjective[]
}

/** What ends the run early. A guard may also watch an SLO that the plan does not judge. */
export function askedGuards(
  entries: readonly Guard[],
  asked: readonly AskedObjective[],
  surroundings: Surroundings,
): AskedGuards {
  const watched: AskedObjective[] = []
  const guards = entries.flatMap((entry, n) => {
    const at = ['spec', 'guards', 'abortWhen', n]
    const isNamed = ({ called, planned }: AskedObjective) =>
      called === entry.slo || planned.name === entry.slo
    if (![...asked, ...watched].some(isNamed)) watched.push(...watchedBy(entry.slo, at, asked, surroundings))
    checkGuard(entry, at, surroundings.complaints)
    return [...asked, ...watched]
      .filter(isNamed)
      .flatMap(({ planned }) => guardOn(planned, entry, at, surroundings))
  })
  return { guards, watched }
}

function watchedBy(
  name: string,
  at: YamlPath,
  asked: readonly AskedObjective[],
  surroundings: Surroundings,
): readonly AskedObjective[] {
  const known = new Map(
    [...surroundings.slos.keys(), ...asked.map((one) => one.called)].map((one) => [one, one]),
  )
  const [slo] = surroundings.complaints.pick('objective', known, name, [...at, 'slo'])
  return slo === undefined ? [] : askedBy({ slo, advisory: true }, at, surroundings).asked
}

function checkGuard({ burnRate, for: length }: Guard, at: YamlPath, complaints: Complaints): void {
  if (burnRate !== undefined && length === undefined)
    complaints.add([...at, 'burnRate'], 'a burn rate is watched for a length of time', 'for: 5s')
  if (burnRate === undefined && length !== undefined)
    complaints.add(
      [...at, 'for'],
      '"for" belongs to a burnRate',
      'leave it out: the guard alarms when it is sure',
    )
}

/** Only shares of what the load does are known while it runs. */
function guardOn(
  { name, total, evidence, members, slices, statistic = 'share' }: PlannedObjective,
  { burnRate, for: length }: Guard,
  at: YamlPath,
  { complaints }: Surroundings,
): PlannedGuard[] {
  const isLoad = ['request', 'iteration', 'check', 'metric'].includes(total.measure)
  const isShare =
    statistic === 'share' && evidence === 'sample' && members === undefined && slices === undefined
  if (!isLoad || !isShare) {
    complaints.add(
      [...at, 'slo'],
      `${name} cannot be watched while the run goes on`,
      'a guard watches what share of requests, iterations, checks or metrics is good',
    )
    return []
  }
  const forMs = length === undefined ? undefined : parseDuration(length)
  return [
    {
      objective: name,
      ...(burnRate === undefined ? {} : { burnRate }),
      ...(forMs === undefined ? {} : { forMs }),
    },
  ]
}
