import type { Alert } from '../../../chaos/index.ts'
import {
  duration,
  type PlannedAlert,
  type PlannedExperiment,
  type PlannedObjective,
  type PlannedPhase,
  parseDuration,
  type YamlPath,
} from '../../../reports/run/index.ts'
import { outageMs } from '../../../slo/judge/statistics/burn-rate.ts'
import type { AskedObjective, Surroundings } from './objectives.ts'
import { refuseUnwatchable, watchedObjectives } from './watched.ts'

/** The alert of an experiment that this plan names. */
export interface AlertEntry {
  readonly alert: Alert
  readonly experiment: PlannedExperiment
  readonly phase: PlannedPhase
  readonly at: YamlPath
}

export interface AskedAlerts {
  readonly alerts: ReadonlyMap<string, PlannedAlert>
  /** objectives that only an alert asks for: shown, never counted */
  readonly watched: readonly AskedObjective[]
}

/** SRE Workbook, "Alerting on SLOs": the page for 2 % of a budget of 30 days in an hour. */
const PAGE = { burnRate: 14.4, over: '1h' } as const

/** Alerts by their experiment; one that could not fire in its time, whatever the fault does, is refused. */
export function askedAlerts(
  entries: readonly AlertEntry[],
  asked: readonly AskedObjective[],
  surroundings: Surroundings,
): AskedAlerts {
  const watched: AskedObjective[] = []
  const alerts = entries.flatMap((entry) => {
    const { slo } = entry.alert
    const { named, added } = watchedObjectives(slo, entry.at, [...asked, ...watched], surroundings)
    watched.push(...added)
    const planned = alertOn(named, entry, surroundings)
    return planned === undefined ? [] : [[entry.experiment.name, planned] as const]
  })
  return { alerts: new Map(alerts), watched }
}

export function plannedAlert({ burnRate, over, within }: Alert, objective: string): PlannedAlert {
  const withinMs = within === undefined ? undefined : parseDuration(within)
  return {
    objective,
    burnRate: burnRate ?? PAGE.burnRate,
    overMs: parseDuration(over ?? PAGE.over) ?? 0,
    ...(withinMs === undefined ? {} : { withinMs }),
  }
}

function alertOn(
  named: readonly AskedObjective[],
  entry: AlertEntry,
  { complaints }: Surroundings,
): PlannedAlert | undefined {
  const { alert, at } = entry
  const [objective, second] = named.map(({ planned }) => planned)
  if (objective === undefined) return undefined
  if (second !== undefined)
    complaints.add(
      at,
      `the alert on ${alert.slo} may be that on ${objective.name} or on ${second.name}`,
      NAME_IT,
    )
  if (refuseUnwatchable(objective, at, 'an alert', complaints)) return undefined
  const planned = plannedAlert(alert, objective.name)
  refuseTooShort(planned, objective, entry, complaints)
  return planned
}

const NAME_IT = 'let the plan ask for it once, or the experiment name the one that is meant'

function refuseTooShort(
  planned: PlannedAlert,
  { targetRatio }: PlannedObjective,
  { experiment, phase, at }: AlertEntry,
  complaints: Surroundings['complaints'],
): void {
  const onMs = onForMs(experiment, phase)
  const withinMs = planned.withinMs ?? onMs
  if (!phase.load)
    complaints.add(
      at,
      `its alert sees nothing in ${phase.name}, which has no load`,
      'inject it in a phase with load',
    )
  if (withinMs > onMs)
    complaints.add(
      at,
      `its alert may take ${duration(withinMs)}, and its faults are on for ${duration(onMs)}`,
      'make its phase longer, or lower spec.alert.within',
    )
  const neededMs = outageMs(planned, targetRatio)
  if (neededMs === null)
    complaints.add(
      at,
      `its alert can never fire: at burn rate ${planned.burnRate} more than all events would be bad`,
      'lower spec.alert.burnRate',
    )
  else if (neededMs > withinMs)
    complaints.add(
      at,
      `its alert cannot fire in ${duration(withinMs)}: a total outage needs ${duration(neededMs)} for it`,
      `make its phase longer, lower spec.alert.burnRate, or give the alert shorter windows: over: 5m`,
    )
}

/** From the first injection to the last undo. */
function onForMs({ faults }: PlannedExperiment, { durationMs }: PlannedPhase): number {
  const fromMs = Math.min(...faults.map(({ atMs }) => atMs))
  const untilMs = Math.max(
    ...faults.map(({ atMs, forMs }) => (forMs === undefined ? durationMs : atMs + forMs)),
  )
  return untilMs - fromMs
}
