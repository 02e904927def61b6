import type { FaultVerdict, JournalEntry, Outcome, RunRecord } from '../../reports/run/index.ts'

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

/** What may still be on, in one sentence; empty when all is proven gone. A crashed run's guardian may yet get to it. */
export function whyUnproven({ complete, journal }: RunRecord, faults: readonly FaultVerdict[]): string {
  const fault = faults.find(({ undo }) => undo === 'failed' || (complete && OPEN.includes(undo)))
  const failed = journal.find(
    (entry, n) => entry.kind === 'switch-undo-failed' && !isUndoneLater(entry.switch, journal.slice(n)),
  )
  const [left] = journal.findLast((entry) => entry.kind === 'residue')?.found ?? []
  if (fault !== undefined) return `The fault ${fault.experiment} is not proven gone; someone must look now.`
  if (failed !== undefined && 'switch' in failed)
    return `The switch ${failed.switch} is not proven undone; someone must look now.`
  return left === undefined ? '' : `This run left something behind; someone must look now: ${left}`
}

/** Which steady state did not hold after its fault, in one sentence; empty when all did. */
export function whySteadyStateLost({ journal }: RunRecord): string {
  const lost = journal.find((entry) => entry.kind === 'hypothesis' && entry.when === 'after' && !entry.held)
  if (lost?.kind !== 'hypothesis') return ''
  return `The steady state did not hold after ${lost.experiment}: ${lost.seen.replace(/\.$/, '')}.`
}

const OPEN: readonly FaultVerdict['undo'][] = ['undone', 'not undone']

const isUndoneLater = (name: string, journal: readonly JournalEntry[]): boolean =>
  journal.some((entry) => entry.kind === 'switch-undone' && entry.switch === name)
