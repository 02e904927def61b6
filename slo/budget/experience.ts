import type { PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { allowedRatio } from '../judge/decide.ts'
import { upperBound } from '../judge/statistics/bad-ratio.ts'
import { type Sample, sampleOf } from '../sources/index.ts'
import { type Felt, faultsFelt, isOpen, quietWindows } from './felt.ts'
import type { Incident } from './incident-cost.ts'
import type { JudgedRun } from './runs.ts'

/** What one run tells of the budget of one objective. */
export interface Experience {
  /** what was counted while no fault was on, or felt */
  readonly steady: Sample
  readonly incidents: readonly { readonly experiment: string; readonly incident: Incident }[]
}

/** An objective that is promised over a window. */
export type Promised = PlannedObjective & { readonly windowMs: number }

/** Null when the evidence for this objective is spoilt. */
export function experienceOf(objective: Promised, { record, verdict }: JudgedRun): Experience | null {
  const judged = verdict.objectives.find(({ name }) => name === objective.name)
  if (judged === undefined || judged.taintedBy.length > 0) return null
  const felt = faultsFelt(objective.name, record, verdict)
  return {
    steady: sampleIn(quietWindows(objective.phases, record, felt), objective, record),
    // a fault that was not seen to act tells nothing of what it costs
    incidents: felt
      .filter(({ fault }) => fault.proof === 'confirmed')
      .map((one) => ({ experiment: one.fault.experiment, incident: incidentOf(one, objective, record) })),
  }
}

function incidentOf({ impact, window }: Felt, objective: Promised, record: RunRecord): Incident {
  const { events, bad } = sampleIn([window], objective, record)
  const lengthMs = (window.toSecond - window.fromSecond) * 1000
  const badMs = upperBound({ events, bad: bad.most }) * lengthMs
  return {
    costRatio: impact.budgetSpentRatio ?? 0,
    mostRatio: badMs / (objective.windowMs * allowedRatio(objective)),
    recoverMs: impact.recoverMs,
    isOpen: isOpen(impact),
  }
}

const sampleIn = (windows: readonly PhaseWindow[], objective: Promised, record: RunRecord): Sample =>
  sampleOf({ ...objective, phases: windows.map(({ phase }) => phase) }, record, windows)
