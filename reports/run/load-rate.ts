import type { JournalEntry } from './journal.ts'
import { msOf, planEndMs } from './moments.ts'
import type { RunRecord } from './record.ts'

/**
 * Requests a second between two moments, in ms from second 0, of the seconds of which anything is known; the second in
 * which it ended counts as far as it went. Null where nothing was measured.
 */
export function ratePerSecond(
  requests: ReadonlyMap<number, number>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number | null {
  const within = [...requests].filter(([second]) => second * 1000 >= fromMs && second * 1000 < toMs)
  const measuredMs = within.reduce((sum, [second]) => sum + Math.min(1000, toMs - second * 1000), 0)
  const all = within.reduce((sum, [, count]) => sum + count, 0)
  return measuredMs === 0 ? null : (all / measuredMs) * 1000
}

/** When the load was left: at the end of its last phase, or of the run before it. The last tick may fall into the drain. */
export function loadLeftMs(record: RunRecord): number {
  const last = record.plan.phases.findLast(({ load }) => load)
  if (last === undefined) return 0
  const isItsEnd = (entry: JournalEntry): boolean => entry.kind === 'phase-ended' && entry.phase === last.name
  const ended = record.journal.find(isItsEnd)
  const plannedMs = last.startMs + last.durationMs
  return Math.min(plannedMs, planEndMs(record), ended === undefined ? plannedMs : msOf(record, ended.atUs))
}

/** Of each second that has a line. */
export function requestsBySecond({ load }: RunRecord): Map<number, number> {
  const requests = new Map<number, number>()
  for (const { second, series } of load) {
    const here = series.reduce((sum, { measure, count }) => sum + (measure === 'request' ? count : 0), 0)
    requests.set(second, (requests.get(second) ?? 0) + here)
  }
  return requests
}
