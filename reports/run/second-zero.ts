import type { JournalEntry } from './journal.ts'

/** When second 0 was; undefined when the run did not come to it. */
export const zeroUs = (journal: readonly JournalEntry[]): number | undefined =>
  journal.find(({ kind }) => kind === 'second-zero')?.atUs
