import type { FaultVerdict, Outcome, RunRecord } from '../../reports/run/index.ts'

/** How the run ended, apart from what it found. Without its index, or without a last word, it crashed. */
export function outcomeOf({ complete, journal }: RunRecord): Outcome {
  const ended = journal.findLast((entry) => entry.kind === 'run-ended')
  return complete && ended !== undefined ? ended.outcome : 'crashed'
}

/** Phases that the run came to the end of. */
export function reachedPhases(record: RunRecord): Set<string> {
  const { plan, journal } = record
  if (outcomeOf(record) === 'completed') return new Set(plan.phases.map(({ name }) => name))
  return new Set(journal.flatMap((entry) => (entry.kind === 'phase-ended' ? [entry.phase] : [])))
}

/** Whether someone must look: something of ours may still be on. A crashed run's guardian may not have got to it yet. */
export function hasUnprovenUndo({ complete, journal }: RunRecord, faults: readonly FaultVerdict[]): boolean {
  const isOpen = ({ undo }: FaultVerdict): boolean => undo === 'undone' || undo === 'not undone'
  return (
    faults.some((fault) => fault.undo === 'failed' || (complete && isOpen(fault))) ||
    journal.some(
      (entry, n) =>
        entry.kind === 'switch-undo-failed' &&
        !journal.slice(n).some((later) => later.kind === 'switch-undone' && later.switch === entry.switch),
    ) ||
    (journal.findLast((entry) => entry.kind === 'residue')?.found.length ?? 0) > 0
  )
}
