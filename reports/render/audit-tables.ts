import type { AuditCell, AuditTable } from '../page/page-data.ts'
import type { AuditVisit } from '../run/evidence.ts'
import type { RunRecord } from '../run/record.ts'
import { list } from '../run/words/words.ts'

/** Each audited page: a row a metric, a column a phase in the plan's order. */
export function auditTables({ plan, audits }: RunRecord): AuditTable[] {
  return plan.audits.map(({ name, title, preset }) => {
    const visits = audits.filter(({ audit }) => audit === name)
    const phases = plan.phases.filter((phase) => phase.audits.includes(name)).map((phase) => phase.name)
    const metrics = [...new Set(visits.flatMap((visit) => Object.keys(visit.metrics)))]
    const rows = metrics.map((metric) => ({
      metric,
      cells: phases.map((phase) =>
        cell(
          visits.filter((visit) => visit.phase === phase),
          metric,
        ),
      ),
    }))
    return { audit: name, title, preset, phases, rows, errors: errorsOf(visits) }
  })
}

/** Each way in which visits failed, once. */
function errorsOf(visits: readonly AuditVisit[]): string[] {
  const failed = Map.groupBy(
    visits.filter(({ error }) => error !== null),
    ({ error }) => error,
  )
  return [...failed].map(([error, alike]) => {
    const numbers = list(alike.map(({ visit }) => String(visit)))
    return `${alike.length === 1 ? 'visit' : 'visits'} ${numbers}: ${error}`
  })
}

function cell(visits: readonly AuditVisit[], metric: string): AuditCell {
  const sorted = visits
    .filter(({ error }) => error === null)
    .flatMap(({ metrics }) => metrics[metric] ?? [])
    .sort((a, b) => a - b)
  const [least = null, most = null] = [sorted[0], sorted.at(-1)]
  return { visits: sorted.length, median: median(sorted), least, most }
}

/** The value at rank ⌈n/2⌉, which is the judge's: never the mean of two visits that nobody made. */
function median(sorted: readonly number[]): number | null {
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null
}
