import type { ObjectiveVerdict, PhaseWindow, PlannedObjective } from '../../../reports/run/index.ts'
import { evidenceOf } from '../../sources/index.ts'

/** What was measured for an objective, and what it would be called by itself. */
export interface Measurement {
  readonly figures: Omit<ObjectiveVerdict, 'verdict' | 'why' | 'needs' | 'taintedBy'>
  readonly kept: boolean
  readonly broken: (alpha: number) => boolean
  /** what would decide it, when broken is asked at this level; null when nothing is known */
  readonly needs: (alpha: number) => ObjectiveVerdict['needs']
  /** why the evidence is too little or hangs together too much to decide; empty when it is not */
  readonly refusal: string
  /** what could not be counted, or why nothing was; empty when nothing is to be said */
  readonly note: string
}

/** What an objective's verdict says before anything was measured. */
export function headOf(objective: PlannedObjective) {
  const { name, title, advisory, evidence, promised, phases, slices } = objective
  const isMeanOfSlices = slices !== undefined && slices.targetRatio === undefined
  const statistic = isMeanOfSlices ? 'mean' : (objective.statistic ?? 'share')
  const noun = slices === undefined ? objective.noun : 'slices'
  return {
    ...{ name, title, advisory, kind: evidence, promised, noun, phases, statistic, suffix: '' },
    better: 'lower' as const,
    ...{ uncorrected: null, independence: null, budget: null, byPhase: [], ids: [] },
    evidence: evidenceOf(objective),
  }
}

/** The length of these phases as they were. */
export const lengthOf = (windows: readonly PhaseWindow[]): number =>
  windows.reduce((sum, one) => sum + (one.toSecond - one.fromSecond) * 1000, 0)
