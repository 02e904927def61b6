import type { FaultPlan, PageData } from '../page/page-data.ts'
import type { PlannedExperiment } from '../run/plan.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { faultWords } from '../run/words/fault-words.ts'
import { auditTables } from './audit-tables.ts'
import { checks } from './checks.ts'
import { drawnObjective, foldSeconds } from './load-figures.ts'
import { openEnds } from './open-ends.ts'
import { inPlanOrder } from './order.ts'
import { phaseFigures, phaseSpans } from './phases.ts'
import { reproduce } from './reproduce.ts'
import { summary } from './summary.ts'
import { timeline } from './timeline.ts'

/** All that the report page shows of a run, and nothing that depends on where or when it is rendered. */
export function toPageData(record: RunRecord, verdict: Verdict): PageData {
  const { plan, run } = record
  const phases = phaseSpans(record)
  const seconds = foldSeconds(record.load, drawnObjective(plan)?.total ?? { measure: 'request' })
  return {
    runId: run.id,
    plan: { name: plan.name, title: plan.title, why: plan.why },
    summary: summary(record, verdict),
    verdict: { ...verdict, objectives: inPlanOrder(plan, verdict.objectives) },
    timeline: timeline(record, verdict, { phases, seconds }),
    phases: phaseFigures(record, phases, seconds),
    faultPlans: plan.experiments.map(toFaultPlan),
    emptyEvidence: emptyEvidence(record),
    openEnds: openEnds(record, verdict.objectives),
    audits: auditTables(record),
    checks: checks(record, verdict),
    reproduce: reproduce(record),
  }
}

function toFaultPlan(experiment: PlannedExperiment): FaultPlan {
  const { undo, proof } = faultWords(experiment)
  const byWhom = experiment.faultOnly ? 'by people, else ' : ''
  return { experiment: experiment.name, phase: experiment.phase, undo: byWhom + undo, proof }
}

function emptyEvidence({ load, acks, facts, audits }: RunRecord): string[] {
  return Object.entries({ load, acks, facts, audits })
    .filter(([, lines]) => lines.length === 0)
    .map(([name]) => `evidence/${name}.ndjson`)
}
