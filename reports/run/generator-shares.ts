import type { Instrument } from './evidence.ts'
import type { JournalEntry } from './journal.ts'
import { type PhaseWindow, phaseWindows } from './phase-windows.ts'
import type { Plan } from './plan.ts'

export type GeneratorSecond = NonNullable<Instrument['seconds']>[number]

/** A judged phase under load, with what its generator said of each second that is judged. */
export interface GeneratorPhase extends PhaseWindow {
  readonly seconds: readonly GeneratorSecond[]
}

export function generatorPhases(
  plan: Plan,
  journal: readonly JournalEntry[],
  seconds: readonly GeneratorSecond[],
): GeneratorPhase[] {
  const judged = plan.phases.filter(({ judged, load }) => judged && load).map(({ name }) => name)
  return phaseWindows(plan, journal)
    .filter(({ phase }) => judged.includes(phase))
    .map((window) => ({
      ...window,
      seconds: seconds.filter(({ second }) => second >= window.fromSecond && second < window.toSecond),
    }))
}

/** Which share of the iterations started late; null when none started. */
export function lateRatioOf(seconds: readonly GeneratorSecond[]): number | null {
  const starts = seconds.reduce((sum, one) => sum + one.starts, 0)
  const late = seconds.reduce((sum, one) => sum + one.lateStarts, 0)
  return starts === 0 ? null : late / starts
}

/** Of the time of all processors: that many of its threads could have run side by side. Null when nobody could tell. */
export function waitRatioOf(seconds: readonly GeneratorSecond[], cores: number): number | null {
  const known = seconds.flatMap(({ runQueueRatio }) => runQueueRatio ?? [])
  if (known.length === 0) return null
  return known.reduce((sum, ratio) => sum + ratio, 0) / known.length / Math.max(1, cores)
}
