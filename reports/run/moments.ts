import type { JournalEntry } from './journal.ts'
import type { RunRecord } from './record.ts'

/** Whether the run came to its second 0: without it, no moment has a place on the time axis. */
export function hasBegun({ journal }: RunRecord): boolean {
  return journal.some((entry) => entry.kind === 'second-zero')
}

/** Milliseconds from second 0 of a moment of this run; without a second 0, from the run's start. */
export function msOf(record: RunRecord, atUs: number): number {
  const zero = record.journal.find((entry) => entry.kind === 'second-zero')
  return (atUs - (zero?.atUs ?? record.run.startedAtUs)) / 1000
}

/** When the harness last spoke. What the guardian did after a crash is not the harness speaking. */
export function recordEndMs(record: RunRecord): number {
  if (!hasBegun(record)) return 0
  const spoken = record.journal
    .filter((entry) => !isGuardians(entry))
    .map((entry) => msOf(record, entry.atUs))
  const recorded = record.load.map(({ second }) => (second + 1) * 1000)
  return [...spoken, ...recorded].reduce((latest, ms) => Math.max(latest, ms), 0)
}

/** When the plan was left: at the stop of a run that was stopped, though its undo and judging take longer. */
export function planEndMs(record: RunRecord): number {
  const stopped = record.complete && record.journal.find((entry) => entry.kind === 'stopped')
  return stopped && hasBegun(record) ? msOf(record, stopped.atUs) : recordEndMs(record)
}

export function isGuardians(entry: JournalEntry): boolean {
  return 'by' in entry && entry.by === 'guardian'
}
