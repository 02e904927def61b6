import type { PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { sampleOf } from '../sources/index.ts'
import type { Counts } from './statistics/bad-ratio.ts'

export interface SecondsIn {
  readonly seconds: readonly Counts[]
  /** how long each of them lasts */
  readonly atomMs: number
}

/** Second by second what is known to be bad of an objective's events: what nobody saw was not felt either. */
export function secondsIn(window: PhaseWindow, objective: PlannedObjective, record: RunRecord): SecondsIn {
  const { stretches, atomMs } = sampleOf({ ...objective, phases: [window.phase] }, record, [window])
  const seconds = (stretches?.[0]?.seconds ?? []).map(({ events, least }) => ({ events, bad: least }))
  return { seconds, atomMs }
}

/** A stretch of a run, in ms from second 0, as if it were a phase. */
export const windowOf = (fromMs: number, toMs: number): PhaseWindow => ({
  phase: 'aftermath',
  fromSecond: Math.max(0, Math.floor(fromMs / 1000)),
  toSecond: Math.floor(toMs / 1000),
  delayed: false,
  faulted: true,
})
