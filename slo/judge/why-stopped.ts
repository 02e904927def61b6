import { type Outcome, type RunRecord, stopperWords } from '../../reports/run/index.ts'
import { moment } from '../../reports/run/words/words.ts'
import { lengthMs, phaseAt, sinceZeroMs } from './moments.ts'

/** Why a run that broke nothing did not come to its end: who stopped it and when, or what failed. */
export function whyStopped(outcome: Outcome, record: RunRecord): string {
  const stopped = record.journal.findLast((entry) => entry.kind === 'stopped')
  const atMs = sinceZeroMs(stopped, record.journal) ?? lengthMs(record)
  const began = atMs !== null && atMs >= 0
  const when = began ? ` at ${moment(atMs)}${inPhase(atMs, record)}` : ' before the load began'
  if (stopped === undefined)
    return `The run ${outcome === 'failed' ? 'failed' : 'ended early'}${when}${because(whyFailed(record))}.`
  const reason = stopped.by === 'person' ? '' : because(stopped.reason)
  return `Stopped by ${stopperWords(stopped)}${when}${reason}.${began ? ' No phase after it was reached.' : ''}`
}

function whyFailed({ journal }: RunRecord): string {
  return journal.findLast((entry) => entry.kind === 'run-ended')?.why ?? ''
}

/** Of what may be a page of a program's own words, the first line. */
function because(reason: string): string {
  const [first = ''] = reason.split('\n')
  return first === '' ? '' : `: ${first.replace(/\.$/, '')}`
}

/** `, in baseline`; nothing between phases and after them */
export function inPhase(ms: number, record: RunRecord): string {
  const phase = phaseAt(record, ms)
  return phase === undefined ? '' : `, in ${phase}`
}
