import type { PhaseWindow, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { duration, list } from '../../reports/run/words/words.ts'
import { reachedPhases } from './outcome.ts'

/** CONTRACTS, "Names, time, files": less than this after a fault is too short to judge. */
const SHORTEST_MS = 16_000

/** Why an objective's phases were not measured to their end; empty when they were. */
export function whyUnreached({ phases, evidence }: PlannedObjective, record: RunRecord): string {
  const reached = reachedPhases(record)
  const underLoad = record.plan.phases.filter(({ load }) => load).map(({ name }) => name)
  const missing = (evidence === 'census' ? underLoad : phases).filter((phase) => !reached.has(phase))
  if (missing.length === 0) return ''
  return `The run ended before the end of ${list(missing)}.`
}

/** Why a phase was not measured, or is too short after a fault to be judged; empty when all are long enough. */
export function whyTooShort({ phases, total }: PlannedObjective, windows: readonly PhaseWindow[]): string {
  if (total.measure === 'page') return ''
  const own = windows
    .filter(({ phase }) => phases.includes(phase))
    .map(({ fromSecond, toSecond, ...rest }) => ({ ...rest, leftMs: (toSecond - fromSecond) * 1000 }))
  const empty = own.find(({ leftMs }) => leftMs === 0)
  if (empty !== undefined) return `No second of the phase ${empty.phase} was measured.`
  const short = own.find(({ leftMs, delayed }) => delayed && leftMs < SHORTEST_MS)
  if (short === undefined) return ''
  return `The fault left ${duration(short.leftMs)} of ${short.phase}; ${duration(SHORTEST_MS)} are needed.`
}
