import type { AuditVisit, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { distributionOf, EMPTY, type Sample } from './sample.ts'

/** Visits of a page in these phases; a visit without figures is no measurement, and its reason is said. */
export function sampleOfPages({ total, good, phases }: PlannedObjective, { audits }: RunRecord): Sample {
  const [audit, metric = ''] = (total.name ?? '').split('/')
  const visits = audits.filter((visit) => visit.audit === audit && phases.includes(visit.phase))
  const values = visits.flatMap((visit) => (visit.error === null ? (visit.metrics[metric] ?? []) : []))
  const note = whyMissing(visits, values.length)
  if (values.length === 0) return { ...EMPTY, note }
  const withinMs = good?.withinMs ?? Number.POSITIVE_INFINITY
  const slow = values.filter((value) => value > withinMs).length
  return {
    events: values.length,
    bad: { most: slow, least: slow },
    times: distributionOf(values),
    uncorrected: null,
    note,
  }
}

function whyMissing(visits: readonly AuditVisit[], measured: number): string {
  if (visits.length === 0) return 'The page was not visited.'
  if (measured === visits.length) return ''
  const reason = visits.find(({ error }) => error !== null)?.error ?? 'the metric is missing'
  return `${visits.length - measured} of ${visits.length} visits gave no figures: ${reason}`
}
