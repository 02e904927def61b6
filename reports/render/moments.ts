import type { JournalEntry } from '../run/journal.ts'
import type { RunRecord } from '../run/record.ts'

/** Milliseconds from second 0 of a moment of this run; without a second 0, from the run's start. */
export function msOf(record: RunRecord, atUs: number): number {
  const zero = record.journal.find((entry) => entry.kind === 'second-zero')
  return (atUs - (zero?.atUs ?? record.run.startedAtUs)) / 1000
}

/** When the harness last spoke. What the guardian did after a crash is not the harness speaking. */
export function recordEndMs(record: RunRecord): number {
  const spoken = record.journal
    .filter((entry) => !isGuardians(entry))
    .map((entry) => msOf(record, entry.atUs))
  const recorded = record.load.map(({ second }) => (second + 1) * 1000)
  return [...spoken, ...recorded].reduce((latest, ms) => Math.max(latest, ms), 0)
}

function isGuardians(entry: JournalEntry): boolean {
  return 'by' in entry && entry.by === 'guardian'
}
