import type { AuditVisit, RunContext } from '../../../reports/run/index.ts'
import type { AuditStep } from './audit-step.ts'
import { readVisitLine, type VisitLine } from './visit-protocol.ts'

export interface Visited {
  /** those that failed are among them: the judge counts them as bad */
  readonly visits: readonly AuditVisit[]
  readonly succeeded: number
}

/** Takes the audit process's lines into the run folder. */
export interface VisitRecorder {
  /** resolves with what was recorded so far */
  take(line: string): Promise<Visited>
  /** keeps the last visit's Lighthouse result */
  finish(): Promise<void>
}

export function visitRecorder({ audit, phase }: AuditStep, { record, log }: RunContext): VisitRecorder {
  const visits: AuditVisit[] = []
  let succeeded = 0
  let lastResult: VisitLine['lighthouseResult'] = null
  return {
    take: async (line) => {
      const { lighthouseResult, ...found } = readVisitLine(line)
      const visit: AuditVisit = { schema: 'gauntlet/audit/1', audit: audit.name, phase, ...found }
      lastResult = lighthouseResult ?? lastResult
      await record.evidence('audits.ndjson', visit)
      visits.push(visit)
      if (visit.error === null) succeeded++
      else await record.journal({ kind: 'audit-failed', audit: audit.name, seen: visit.error })
      log.fact(`${audit.title}: visit ${visit.visit}, ${inWords(visit)}`)
      return { visits, succeeded }
    },
    finish: async () => {
      if (lastResult !== null) await record.document(`evidence/audits/${audit.name}.json`, lastResult)
    },
  }
}

function inWords({ error, metrics }: Pick<VisitLine, 'error' | 'metrics'>): string {
  return error ?? `largest paint after ${((metrics['largest-contentful-paint'] ?? 0) / 1000).toFixed(2)} s`
}
