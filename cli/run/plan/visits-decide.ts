import type { AuditVisit, Plan, PlannedAudit, PlannedObjective } from '../../../reports/run/index.ts'
import { ALPHA, isBroken, isKept } from '../../../slo/judge/statistics/bad-ratio.ts'

/**
 * Whether these visits decide every objective on the page, so that no more are needed (JUDGING, rule 17). One that
 * failed has no figures and is bad.
 */
export function visitsDecide(plan: Plan, audit: PlannedAudit): (visits: readonly AuditVisit[]) => boolean {
  const onPage = plan.objectives.filter(({ total }) => metricOf(total.name, audit) !== undefined)
  // Holm's strictest level: whichever of the others turn out violated, this one would be called so too
  const level = ALPHA / Math.max(1, plan.objectives.filter(({ evidence }) => evidence !== 'census').length)
  return (visits) => onPage.every((objective) => isDecided(objective, { audit, visits, level }))
}

interface Visited {
  readonly audit: PlannedAudit
  readonly visits: readonly AuditVisit[]
  readonly level: number
}

function isDecided(
  { total, good, targetRatio }: PlannedObjective,
  { audit, visits, level }: Visited,
): boolean {
  const metric = metricOf(total.name, audit) ?? ''
  const limit = good?.withinMs ?? Number.POSITIVE_INFINITY
  const bad = visits.filter((visit) => (visit.metrics[metric] ?? Number.POSITIVE_INFINITY) > limit).length
  const counts = { events: visits.length, bad }
  const allowed = 1 - targetRatio
  return isKept(counts, allowed) || isBroken(counts, allowed, level)
}

/** `home/largest-contentful-paint` of the audit `home`. */
function metricOf(name: string | undefined, audit: PlannedAudit): string | undefined {
  const head = `${audit.name}/`
  return name?.startsWith(head) ? name.slice(head.length) : undefined
}
