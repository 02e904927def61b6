import type { FaultVerdict, ObjectiveVerdict, Verdict } from './verdict.ts'
import { count, counted, list, moment, wouldDecide } from './words.ts'

/** `3 of 6 met, 2 violated, 1 open`: required objectives only. */
export function tally({ objectives }: Verdict): string {
  const required = objectives.filter(({ advisory }) => !advisory)
  if (required.length === 0) return 'none required'
  const of = (verdict: ObjectiveVerdict['verdict']) => required.filter((one) => one.verdict === verdict)
  const open = of('inconclusive')
  const tainted = open.filter(({ taintedBy }) => taintedBy.length > 0).length
  return [
    `${of('met').length} of ${required.length} met`,
    ...some(of('violated').length, 'violated'),
    ...some(tainted, 'tainted'),
    ...some(open.length - tainted, 'open'),
  ].join(', ')
}

function some(amount: number, word: string): string[] {
  return amount === 0 ? [] : [`${count(amount)} ${word}`]
}

/** `confirmed, proven gone`, and who undid it when it was not the harness. */
export function faultState({ proof, undo, undoneBy }: FaultVerdict): string {
  if (proof === 'not injected') return proof
  const gone = undo === 'proven gone' && proof !== 'confirmed' ? 'normal after it' : UNDO_WORDS[undo]
  return `${PROOF_WORDS[proof]}, ${gone}${undoneBy === 'guardian' ? ' by the guardian' : ''}`
}

const PROOF_WORDS: Readonly<Record<FaultVerdict['proof'], string>> = {
  confirmed: 'confirmed',
  mismatch: 'another effect than promised',
  unproven: 'effect not seen',
  'not injected': 'not injected',
}

const UNDO_WORDS: Readonly<Record<FaultVerdict['undo'], string>> = {
  'proven gone': 'proven gone',
  undone: 'undone, not proven gone',
  'not undone': 'not undone',
  failed: 'undo failed',
  'not needed': 'nothing to undo',
}

/** Whether the fault is known to have happened and to be gone. */
export function faultIsProven({ proof, undo }: FaultVerdict): boolean {
  return proof === 'confirmed' && (undo === 'proven gone' || undo === 'not needed')
}

export function residueWords(residue: Verdict['residue']): string {
  if (residue === null) return 'residue not scanned'
  return residue.length === 0 ? 'no residue' : `${count(residue.length)} left over: ${list(residue)}`
}

/** A crashed run's harness could not look at itself to the end. */
export function instrumentWords({ findings, outcome }: Verdict): string {
  if (findings.length > 0) return `tainted, ${counted(findings.length, 'findings')}`
  return outcome === 'crashed' ? 'no finding before the crash' : 'sound'
}

/** How long the undo took to show: from undone to proven gone; null when either is missing. */
export function goneAfterMs({ undoneMs, normalMs }: FaultVerdict): number | null {
  return undoneMs === null || normalMs === null ? null : normalMs - undoneMs
}

/** A moment of a fault in words: `1:25.0`, or that it did not come. */
export function momentOrNot(ms: number | null): string {
  return ms === null ? 'not reached' : moment(ms)
}

/** What is said below an objective: why, and what would decide it. */
export function notes(objective: ObjectiveVerdict): string[] {
  return [objective.why, wouldDecide(objective) ?? ''].filter((note) => note !== '')
}

/** An objective whose evidence is spoilt keeps its figures, but they were not judged. */
export function isTainted({ taintedBy, verdict }: ObjectiveVerdict): boolean {
  return verdict === 'inconclusive' && taintedBy.length > 0
}
