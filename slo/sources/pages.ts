import type { AuditVisit, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { keepsLimit } from './limit.ts'
import { distributionOf, EMPTY, type Sample } from './sample.ts'

/**
 * Visits of a page in these phases. One without figures is bad, like a request without an answer; unless the whole
 * phase gave none: then our browser or the audit may be at fault, and nobody knows whether those were bad.
 */
export function sampleOfPages({ total, good, phases }: PlannedObjective, { audits }: RunRecord): Sample {
  const [audit, metric = ''] = (total.name ?? '').split('/')
  const figureOf = ({ error, metrics }: AuditVisit): number | undefined =>
    error === null ? metrics[metric] : undefined
  const visits = audits.filter((visit) => visit.audit === audit && phases.includes(visit.phase))
  const found = visits.filter((visit) => figureOf(visit) !== undefined)
  const measured = new Set(found.map(({ phase }) => phase))
  const unknown = visits.filter(({ phase }) => !measured.has(phase)).length
  const note = whyMissing(visits, found.length)
  if (found.length === 0) return { ...EMPTY, note }
  const values = visits.map(figureOf)
  const limit = good?.limit ?? { op: 'lte', value: good?.withinMs ?? Number.POSITIVE_INFINITY }
  const most = values.filter((value) => value === undefined || !keepsLimit(limit, value)).length
  return {
    ...EMPTY,
    events: values.length,
    bad: { most, least: most - unknown },
    times: distributionOf(values),
    note,
  }
}

function whyMissing(visits: readonly AuditVisit[], measured: number): string {
  if (visits.length === 0) return 'The page was not visited.'
  if (measured === visits.length) return ''
  const reason = visits.find(({ error }) => error !== null)?.error ?? 'the metric is missing'
  return `${visits.length - measured} of ${visits.length} visits gave no figures: ${reason}`
}
