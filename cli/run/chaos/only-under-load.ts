import type { Experiment } from '../../../chaos/index.ts'
import { alertDueWords } from '../../../reports/run/index.ts'
import { plannedAlert } from '../plan/alerts.ts'

/** Guards and an alert on objectives: without load nobody keeps or breaks a promise. */
export function onlyUnderLoad({ spec }: Experiment): string[] {
  const guards = (spec.guard?.abortWhen ?? []).flatMap(({ slo, burnRate, for: length }) =>
    slo === undefined ? [] : [`ends when ${slo} burns its budget ${burnRate} times too fast for ${length}`],
  )
  const { alert } = spec
  return alert === undefined ? guards : [...guards, alertDueWords(plannedAlert(alert, alert.slo))]
}
