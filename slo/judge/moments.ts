import { type JournalEntry, type RunRecord, zeroUs } from '../../reports/run/index.ts'

/** Milliseconds from second 0; null for what did not happen. */
export function sinceZeroMs(
  entry: { readonly atUs: number } | undefined,
  journal: readonly JournalEntry[],
): number | null {
  const zero = zeroUs(journal)
  return entry === undefined || zero === undefined ? null : (entry.atUs - zero) / 1000
}

/** From second 0 to the last line of journal or evidence; null without a second 0. */
export function lengthMs(record: RunRecord): number | null {
  const { journal, acks, facts, audits, probes } = record
  const zero = zeroUs(journal)
  if (zero === undefined) return null
  const momentsUs = [journal, acks, facts, audits, probes].flatMap((lines) => lines.map(({ atUs }) => atUs))
  return momentsUs.reduce((latest, atUs) => Math.max(latest, (atUs - zero) / 1000), loadEndMs(record))
}

/** The end of the last second in which anything was due. */
export const loadEndMs = ({ load }: RunRecord): number =>
  load.reduce((latest, { second }) => Math.max(latest, (second + 1) * 1000), 0)

/** The phase of the plan that a moment of the run lies in; undefined between and after them. */
export const phaseAt = ({ plan }: RunRecord, ms: number): string | undefined =>
  plan.phases.findLast(({ startMs, durationMs }) => ms >= startMs && ms < startMs + durationMs)?.name
