import type { JournalEntry } from '../journal.ts'

type Stopped = Pick<Extract<JournalEntry, { kind: 'stopped' }>, 'by' | 'reason'>

/** Who stopped a run: a person by Ctrl-C, or whoever sent the signal that is named. */
export function stopperWords({ by, reason }: Stopped): string {
  if (by === 'machinery') return 'our machinery'
  if (by === 'guard') return 'a guard'
  return /^SIG[A-Z]+$/.test(reason) ? reason : 'a person'
}
